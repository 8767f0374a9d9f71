import {useState} from "react";
import {Token} from "../draw/Token.tsx";
import {textShown, tokenPlain, tokenText} from "../draw/tokenText.ts";
import {tokenId, type Vocabulary} from "../../engine/index.ts";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {formatCount} from "../draw/format.ts";
import {foldedCount, layoutSentence, type ChipState} from "./layoutSentence.ts";

type Props = {
  readonly view: View | null;
  /** Shown as text while there are no tokens yet. */
  readonly prompt: string;
  /** Position from which on the tokens are those of other settings than the fields say; null for none. */
  readonly staleFrom?: number | null;
  readonly width: number;
  /** More lines than this fold to "+214 tokens". */
  readonly lines?: number;
  readonly strings: Strings["shell"]["sentence"];
};

const LINES = 3;

/** The sentence at the cursor: first as text, then a chip a token, each with its position and id. */
export function Sentence({view, prompt, staleFrom = null, width, lines = LINES, strings}: Props) {
  const hasTokens = view !== null && view.frame.latest.tokenize !== undefined;
  if (!hasTokens) return <TextSentence prompt={view?.request.prompt ?? prompt} strings={strings} />;
  return <TokenSentence {...{view, width, lines, strings}} staleFrom={staleFrom ?? Infinity} />;
}

function TextSentence({prompt, strings}: Pick<Props, "prompt" | "strings">) {
  const characters = [...prompt].length;
  return (
    <div className="sentence" role="group" aria-label={strings.text}>
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

type TokensProps = Pick<Props, "width" | "strings"> & {
  readonly view: View;
  readonly staleFrom: number;
  readonly lines: number;
};

function TokenSentence({view, staleFrom, width, lines, strings}: TokensProps) {
  const [unfolded, setUnfolded] = useState(false);
  const {chips, slot} = layoutSentence(view.frame, view.request);
  const small = width < 640;
  const metrics = small ? {size: 15, padding: 6, gap: 3} : {size: 19, padding: 10, gap: 3};
  const texts = chips.map((chip) => tokenPlain(view.vocabulary, chip.tokenId));
  const folded = foldedCount(texts, width - 60, metrics, lines);
  return (
    <div className="sentence" role="group" aria-label={strings.label}>
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
      {chips.slice(unfolded ? 0 : folded).map((chip) => (
        <Chip
          key={chip.position}
          chip={chip}
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
      <Key strings={strings} />
    </div>
  );
}

type ChipProps = {
  readonly chip: ChipState;
  readonly stale: boolean;
  readonly vocabulary: Vocabulary;
  readonly strings: Props["strings"];
};

function Chip({chip, stale, vocabulary, strings}: ChipProps) {
  const {tokenId: id, position, kind, input, fresh} = chip;
  const plain = tokenPlain(vocabulary, tokenId(id));
  return (
    <span
      className={`t ${kind}${input ? " input" : ""}${fresh ? " new" : ""}${stale ? " stale" : ""}`}
      role="img"
      aria-label={strings.token(plain, position, id, stale)}
    >
      <b>
        <Token token={tokenText(vocabulary, id)} />
      </b>
      <small>{formatCount(position)}</small>
      <small className="id">{formatCount(id)}</small>
    </span>
  );
}

function Key({strings}: {readonly strings: Props["strings"]}) {
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
      <span>{strings.key.below}</span>
    </span>
  );
}
