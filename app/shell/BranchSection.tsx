import {useState} from "react";
import type {Strings} from "../i18n/strings.ts";
import {useSession} from "../session.ts";
import type {Vocabulary} from "../../engine/index.ts";
import type {Actions} from "./actions.ts";
import {changeSaid} from "./branches/branchName.tsx";
import {UndoLine} from "./branches/UndoLine.tsx";
import {lazily} from "./lazily.tsx";
import type {BranchNode} from "../tree.ts";
import type {Player} from "./player.ts";

const BranchTree = lazily(() => import("./branches/BranchTree.tsx").then((module) => module.BranchTree));
const Compare = lazily(() => import("./branches/Compare.tsx").then((module) => module.Compare));

type Props = {
  readonly player: Player;
  readonly actions: Actions;
  readonly vocabulary: Vocabulary;
  /** Id of the branch beside the one in view; null where none was chosen. */
  readonly compared: number | null;
  readonly onCompare: (id: number | null) => void;
  readonly width: number;
  readonly strings: Strings;
};

/** The branches of the session, and what came and went; the latter is read out, wherever the reader did it. */
export function BranchSection(props: Props) {
  const {nodes} = useSession(props.player.session);
  return (
    <>
      <p className="sr" role="status">
        {useNews(nodes, props.vocabulary, props.strings.branches)}
      </p>
      <Branches {...props} />
    </>
  );
}

/** What the last change to the branches did. */
function useNews(nodes: readonly BranchNode[], vocabulary: Vocabulary, words: Strings["branches"]): string {
  const [last, setLast] = useState({nodes, said: ""});
  const isSame = nodes.length === last.nodes.length && nodes.every(({id}, i) => id === last.nodes[i]!.id);
  const isFirst = last.nodes.length === 0;
  if (!isSame) setLast({nodes, said: isFirst ? "" : changeSaid(last.nodes, nodes, vocabulary, words)});
  return last.said;
}

/** The tree, and one branch beside the one in view. Nothing while there is one run and nothing undone. */
function Branches({player, actions, vocabulary, compared, onCompare, width, strings}: Props) {
  const {nodes, active, canUndo, canRedo} = useSession(player.session);
  const a = nodes.find(({id}) => id === active);
  const b = nodes.find(({id}) => id === compared && id !== active);
  if (!a || (nodes.length < 2 && !canRedo && !canUndo)) return null;
  const undoing = {onUndo: canUndo ? actions.undo : null, onRedo: canRedo ? actions.redo : null};
  if (nodes.length < 2)
    return (
      <div className="branchsection">
        <UndoLine {...undoing} strings={strings.branches.tree} />
      </div>
    );
  return (
    <div className="branchsection">
      <BranchTree
        nodes={nodes}
        active={active}
        vocabulary={vocabulary}
        onSelect={actions.select}
        onRemove={actions.remove}
        onCompare={onCompare}
        compared={b ? b.id : null}
        {...undoing}
        width={width}
        strings={strings}
      />
      {b && (
        <Compare
          a={a}
          b={b}
          nodes={nodes}
          vocabulary={vocabulary}
          onSeek={(id, cursor) => {
            actions.select(id);
            player.seek(cursor);
          }}
          width={width}
          strings={strings}
        />
      )}
    </div>
  );
}
