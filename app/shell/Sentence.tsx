import {useState, type CSSProperties} from "react";
import {Token} from "../draw/Token.tsx";
import {textShown, tokenPlain, tokenText} from "../draw/tokenText.ts";
import {useRoving, type RovingItem} from "../draw/useRoving.ts";
import {tokenId, type Vocabulary} from "../../engine/index.ts";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {formatCount} from "../draw/format.ts";
import {chipWidth, foldedCount, reservedLines, type ChipMetrics, type Room} from "./foldSentence.ts";
import {layoutSentence, type ChipState} from "./layoutSentence.ts";

type Props = {
  readonly view: View | null;
  /** Shown as text while there are no tokens yet. */
  readonly prompt: string;
  /** Position from which on the tokens are those of other settings than the fields say; null for none. */
  readonly staleFrom?: number | null;
  readonly width: number;
  /** More lines than this fold to "+214 tokens". */
  readonly lines?: number;
  /** Whether ids stand below the positions, also where there is little room. */
  readonly ids?: boolean;
  readonly strings: Strings["shell"]["sentence"];
};

const LINES = 3;

/** The sentence at the cursor: first as text, then a chip a token, each with its position and id. */
export function Sentence(props: Props) {
  const {view, prompt, staleFrom = null, width, lines = LINES, ids = !isNarrow(width), strings} = props;
  const hasTokens = view !== null && view.frame.latest.tokenize !== undefined;
  if (!hasTokens)
    return (
      <TextSentence
        prompt={view?.request.prompt ?? prompt}
        coming={view?.request.maxNewTokens}
        {...{width, lines, strings}}
      />
    );
  return <TokenSentence {...{view, width, lines, ids, strings}} staleFrom={staleFrom ?? Infinity} />;
}

type TextProps = Pick<Props, "prompt" | "width" | "strings"> & {
  readonly lines: number;
  /** How many tokens the run may make. */
  readonly coming: number | undefined;
};

function TextSentence({prompt, coming, width, lines, strings}: TextProps) {
  const characters = [...prompt].length;
  const metrics = metricsFor(width);
  const words = prompt.split(/(?=\s)/).map((word) => chipWidth(word, [], metrics)); // about as many as tokens
  const reserved = reservedLines([...words, SLOT], roomFor(width, metrics), lines, coming);
  return (
    <div className="sentence" style={linesStyle(reserved)} role="group" aria-label={strings.text}>
      {characters === 0 ? (
        <span className="t slot">
          <b>{strings.empty}</b>
        </span>
      ) : (
        <span className="t prompt whole">
          <b>
            <Token token={textShown(prompt)} />
          </b>
          <small>{strings.key.text(characters)}</small>
        </span>
      )}
    </div>
  );
}

/** Width of the place that is still empty, and of the button in front, in px. */
const SLOT = 48;
const FOLD = 104;

/** Below it there is no room for ids. */
const isNarrow = (width: number): boolean => width < 640;
const metricsFor = (width: number): ChipMetrics =>
  isNarrow(width) ? {size: 15, padding: 6, gap: 3} : {size: 19, padding: 10, gap: 3};
const roomFor = (width: number, {gap}: ChipMetrics): Room => ({width, gap, fold: FOLD});
const linesStyle = (lines: number) => ({"--lines": lines}) as CSSProperties;

type TokensProps = Pick<Props, "width" | "strings"> & {
  readonly view: View;
  readonly staleFrom: number;
  readonly lines: number;
  readonly ids: boolean;
};

function TokenSentence({view, staleFrom, width, lines, ids, strings}: TokensProps) {
  const [unfolded, setUnfolded] = useState(false);
  const {chips, slot} = layoutSentence(view.frame, view.request);
  const metrics = metricsFor(width);
  const room = roomFor(width, metrics);
  const widths = chips.map(({tokenId: id, position, pending}) => {
    const below = [formatCount(position), ...(ids ? [formatCount(id)] : [])];
    const wide = chipWidth(tokenPlain(view.vocabulary, id), below, metrics);
    return pending ? Math.max(wide, SLOT) : wide; // so that no line folds or unfolds where it takes the empty place
  });
  const {promptLength} = view.frame;
  const written = [...widths.slice(0, promptLength), SLOT];
  const reserved = reservedLines(written, room, lines, view.request.maxNewTokens);
  const folded = foldedCount(slot === null ? widths : [...widths, SLOT], room, reserved);
  const seen = chips.slice(unfolded ? 0 : folded);
  const {list, item} = useRoving(seen.length);
  return (
    <div className="sentence" style={linesStyle(reserved)} role="group" aria-label={strings.label} {...list}>
      {folded > 0 && (
        <button
          type="button"
          className="fold"
          aria-expanded={unfolded}
          aria-label={unfolded ? strings.fold : strings.unfold(folded)}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? "−" : strings.folded(folded)}
        </button>
      )}
      {seen.map((chip, i) => (
        <Chip
          key={chip.position}
          chip={chip}
          item={item(i)}
          stale={chip.position >= staleFrom}
          vocabulary={view.vocabulary}
          strings={strings}
        />
      ))}
      {slot !== null && (
        <span className="t slot">
          <b>{strings.slot}</b>
          <small>{formatCount(slot)}</small>
        </span>
      )}
      <Key ids={ids} stale={seen.some(({position}) => position >= staleFrom)} strings={strings} />
    </div>
  );
}

type ChipProps = {
  readonly chip: ChipState;
  readonly stale: boolean;
  readonly item: RovingItem;
  readonly vocabulary: Vocabulary;
  readonly strings: Props["strings"];
};

/** One tab stop for all: arrow keys go from token to token, and each lights wherever it stands. */
function Chip({chip, stale, item, vocabulary, strings}: ChipProps) {
  const {tokenId: id, position, kind, input, fresh, pending} = chip;
  const plain = tokenPlain(vocabulary, tokenId(id));
  return (
    <span
      className={`t ${kind}${input ? " input" : ""}${fresh ? " new" : ""}${pending ? " pending" : ""}${stale ? " stale" : ""}`}
      {...item}
      role="img"
      data-lights={id}
      aria-label={strings.token(plain, position, id, stale)}
    >
      <b data-token={id}>
        <Token token={tokenText(vocabulary, id)} />
      </b>
      <small>{formatCount(position)}</small>
      <small className="id">{formatCount(id)}</small>
    </span>
  );
}

type KeyProps = {readonly ids: boolean; readonly stale: boolean; readonly strings: Props["strings"]};

function Key({ids, stale, strings}: KeyProps) {
  return (
    <span className="key">
      <span>
        <i className="sw prompt" />
        {strings.key.prompt}
      </span>
      <span>
        <i className="sw drawn" />
        {strings.key.drawn}
      </span>
      {stale && <span className="stale">{strings.key.stale}</span>}
      <span>{ids ? strings.key.below : strings.key.belowNarrow}</span>
    </span>
  );
}
