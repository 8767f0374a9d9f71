import {Token} from "../../draw/Token.tsx";
import {bytesText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {entriesAfter, tokensIn, type Learned} from "./learn.ts";

/** Tokens drawn at once. */
const MOST_TOKENS = 400;

type Props = {readonly learned: Learned; readonly step: number; readonly strings: Strings["training"]};

/** The reader's text, cut into the tokens of this step. */
export function NewTokens({learned: {text, states, bytes}, step, strings}: Props) {
  const ids = tokensIn(text, states[step]!);
  const total = tokensIn(text, states[0]!).length;
  const entries = entriesAfter(states, step);
  return (
    <div className="newtokens">
      <h3>{strings.result}</h3>
      <p className="note">{strings.resultSay({tokens: ids.length, bytes: total, entries})}</p>
      <p className="tokens" role="img" aria-label={strings.resultFigure(ids.length)}>
        {ids.slice(0, MOST_TOKENS).map((id, i) => (
          <span key={i} className="sign">
            <Token token={bytesText(bytes[id]!)} />
          </span>
        ))}
        {ids.length > MOST_TOKENS && <span className="note"> {strings.more(ids.length - MOST_TOKENS)}</span>}
      </p>
    </div>
  );
}
