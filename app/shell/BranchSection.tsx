import type {Strings} from "../i18n/strings.ts";
import {useSession} from "../session.ts";
import type {Vocabulary} from "../../engine/index.ts";
import type {Actions} from "./actions.ts";
import {BranchTree} from "./branches/BranchTree.tsx";
import {UndoLine} from "./branches/UndoLine.tsx";
import {lazily} from "./lazily.tsx";
import type {Player} from "./player.ts";

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

/** The branches of the session, and one beside the one in view. Nothing while there is one run and nothing undone. */
export function BranchSection({player, actions, vocabulary, compared, onCompare, width, strings}: Props) {
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
