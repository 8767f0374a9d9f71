import {memo} from "react";
import type {PreToken, Vocabulary} from "../../../engine/index.ts";
import {Token} from "../../draw/Token.tsx";
import {textShown, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {mergeColumn, rowsReserved} from "./layoutMerges.ts";
import {Sign, Symbols} from "./MergeSymbols.tsx";
import {isWhole, noteOf} from "./noteOf.ts";
import {sharedText, tornSide, type PlacedToken} from "./tokensOf.ts";

type Props = {
  readonly text: string;
  readonly preToken: PreToken;
  readonly tokens: readonly PlacedToken[];
  /** Merges of this pre-token that are done. */
  readonly applied: number;
  /** The last of them is the one at the cursor. */
  readonly current: boolean;
  readonly vocabulary: Vocabulary;
  readonly strings: Strings["tokenize"];
};

/** One pre-token: its bytes, a row for each merge done, and below the ids of the tokens left. */
export const MergeColumnView = memo(function MergeColumnView(props: Props) {
  const {text, preToken, tokens, applied, current, vocabulary, strings} = props;
  const {bytes, merges, added} = preToken;
  const {rows, hidden} = mergeColumn(preToken, applied);
  const done = applied === merges.length;
  const last = rows.at(-1)!;
  const whole = isWhole(preToken, tokens.length);
  const note = noteOf(preToken, tokens.length, strings);
  const earlier = done && !whole ? rows.slice(0, -1) : rows;
  return (
    <>
      <div
        className="rows"
        style={{minHeight: `calc(var(--pitch) * ${rowsReserved(preToken) + (whole && !added ? 1 : 0)})`}}
      >
        {!(added && whole) &&
          earlier.map((row) => (
            <div key={row.done} className={`row${current && row === last ? " at" : ""}`}>
              <Symbols row={row} bytes={bytes} strings={strings} />
              {row.done === 0 && hidden > 0 && <div className="note">{strings.earlier(hidden)}</div>}
            </div>
          ))}
        {done && (
          <div className={`row final${current ? " at" : ""}`}>
            {tokens.map(({tokenId, index}, i) => (
              <Sign key={index} merged={!whole && i === last.merged} torn={tornSide(tokens, i)}>
                <Token token={tokenText(vocabulary, tokenId)} />
              </Sign>
            ))}
            {note !== null && <span className="note">{note}</span>}
            {!whole && last.rank !== null && <span className="note">{strings.rank(last.rank)}</span>}
          </div>
        )}
      </div>
      <div className="ids">{done ? strings.ids(tokens.map(({tokenId}) => tokenId)) : "\u00A0"}</div>
      {done && <Shared text={text} tokens={tokens} strings={strings} />}
    </>
  );
});

type SharedProps = {
  readonly text: string;
  readonly tokens: readonly PlacedToken[];
  readonly strings: Strings["tokenize"];
};

function Shared({text, tokens, strings}: SharedProps) {
  const shared = sharedText(text, tokens);
  if (!shared) return null;
  const {spaces, text: body} = textShown(shared);
  const holding = tokens.filter(({span}) => span.partial).length;
  return <div className="ids">{strings.shared(holding, spaces + body)}</div>;
}
