import type {ReactNode} from "react";
import {Token} from "../../draw/Token.tsx";
import {bytesText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {tiesOf, tokensIn, type Learned} from "./learn.ts";

/** What the last merge was, or how it stands before the first one. */
export function sayTraining(learned: Learned, step: number, strings: Strings["training"]): readonly ReactNode[] {
  const {text, states, bytes} = learned;
  const state = states[step]!;
  if (!state.merge) {
    const start = {
      bytes: tokensIn(text, state).length,
      pieces: text.order.length,
      words: text.words.length
    };
    if (start.bytes === 0) return [strings.nothing];
    return [state.pairs.length === 0 ? strings.alone(start) : strings.start(start)];
  }
  const {left, right, id, count} = state.merge;
  const token = (of: number) => (
    <b>
      <Token token={bytesText(bytes[of]!)} />
    </b>
  );
  const said = {step, left: token(left), right: token(right), token: token(id), count, id};
  const ties = tiesOf(states[step - 1]!, state.merge);
  const merged = ties > 0 ? strings.tie<ReactNode>({...said, ties}) : strings.learned<ReactNode>(said);
  return state.pairs.length === 0 ? [...merged, " ", strings.end] : merged;
}
