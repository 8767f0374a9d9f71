import {useMemo} from "react";
import type {ExpandEvent, Vocabulary} from "../../../engine/index.ts";
import {BigFacts} from "../../draw/BigFacts.tsx";
import {formatCount, formatNumber} from "../../draw/format.ts";
import {PanelFrame, type TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {BeamTreeFigure} from "./BeamTreeFigure.tsx";
import {beamFacts} from "./beamFacts.ts";
import {candidateRows} from "./expandRows.ts";
import {Hypotheses, Tokens} from "./Hypotheses.tsx";
import {layoutBeamTree} from "./layoutBeamTree.ts";
import "./expand.css";

type Props = {
  /** The steps of the search up to the cursor, the first one first; at least one. */
  readonly events: readonly ExpandEvent[];
  readonly promptLength: number;
  /** Power of the length by which sums are divided, where it is known. */
  readonly lengthPenalty?: number;
  readonly vocabulary: Vocabulary;
  readonly width: number;
  /** The room there is, in px, where the page does not scroll: then the tree alone is drawn. */
  readonly height?: number;
  readonly now?: boolean;
  readonly strings: Pick<Strings, "panel" | "expand">;
};

/** Above the tree, in px. */
const HEADER = 34;

/** Beam search so far: the tree, what its best paths are worth, the hypotheses; the newest step's candidates as a table. */
export function ExpandPanel(props: Props) {
  const {events, promptLength, lengthPenalty, vocabulary, width} = props;
  const {height = Infinity, now = false, strings} = props;
  const isWhole = props.height === undefined;
  const {panel, expand: words} = strings;
  const event = events.at(-1)!;
  const {beams, candidates, running, finished, done, copied} = event;
  const tree = useMemo(() => layoutBeamTree(events, width, height - HEADER), [events, width, height]);
  const table = useMemo(() => candidateTable(event, vocabulary, words), [event, vocabulary, words]);
  const said = [
    words.said(running.length, finished.length, done),
    words.outlook(event),
    ...(done ? [] : [words.caches(copied, running)])
  ].join(" ");
  return (
    <PanelFrame
      id="expand"
      title={words.title}
      sub={isWhole ? words.sub(beams.length, candidates.length) : words.inRoom(beams.length)}
      provenance="model"
      how={words.how}
      strings={panel}
      now={now}
      table={table}
    >
      <div className="search">
        <BeamTreeFigure
          tree={tree}
          promptLength={promptLength}
          label={words.label(events.length, running.length, finished.length)}
          vocabulary={vocabulary}
          strings={words}
        />
        {isWhole && (
          <div>
            <BigFacts facts={beamFacts(events, vocabulary, words)} />
            <p className="say">{said}</p>
          </div>
        )}
      </div>
      {isWhole && finished.length > 0 && <Hypotheses {...{event, lengthPenalty, vocabulary, width, words}} />}
    </PanelFrame>
  );
}

function candidateTable(
  event: ExpandEvent,
  vocabulary: Vocabulary,
  words: Strings["expand"]
): TableTwinProps {
  const rows = candidateRows(event).map((row) => [
    formatCount(row.rank),
    <span key="tokens">
      <Tokens ids={row.before} vocabulary={vocabulary} />
      <b>
        <Token token={tokenText(vocabulary, row.tokenId)} />
      </b>
    </span>,
    formatNumber(row.score, 5),
    formatNumber(row.total, 5),
    words.fates[row.fate]
  ]);
  return {head: words.candidateHead, rows};
}
