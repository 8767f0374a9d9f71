import type {BpeState} from "../../../engine/index.ts";
import {Token} from "../../draw/Token.tsx";
import {bytesText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {changedWords, wordsShown, type Learned} from "./learn.ts";

/** Pieces, and symbols of one, drawn at once. */
const MOST_WORDS = 48;
const MOST_SYMBOLS = 40;

type Props = {
  readonly states: readonly BpeState[];
  readonly step: number;
  readonly bytes: Learned["bytes"];
  readonly strings: Strings["training"];
};

/** Every different piece of the text in the symbols of this step; what the last merge made is underlined. */
export function Words({states, step, bytes, strings}: Props) {
  const {words, merge} = states[step]!;
  const changed = changedWords(states, step);
  const {from, to} = wordsShown(words.length, changed, MOST_WORDS);
  return (
    <div className="words">
      <h3>{strings.words}</h3>
      <p className="note">
        {step > 0 ? strings.underlined : ""}{" "}
        {to - from < words.length && strings.shown(from + 1, to, words.length)}
      </p>
      <div className="wordlist" role="img" aria-label={strings.wordsFigure(words.length, step, changed.size)}>
        {words.slice(from, to).map(({symbols, count}, i) => (
          <span key={from + i} className="piece">
            {symbols.slice(0, MOST_SYMBOLS).map((symbol, at) => (
              <span
                key={at}
                className={changed.has(from + i) && symbol === merge?.id ? "sign merged" : "sign"}
              >
                <Token token={bytesText(bytes[symbol]!)} />
              </span>
            ))}
            {symbols.length > MOST_SYMBOLS && "…"}
            {count > 1 && <span className="note">{strings.times(count)}</span>}
          </span>
        ))}
      </div>
    </div>
  );
}
