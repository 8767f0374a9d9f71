import {Fragment} from "react";
import type {Strings} from "../../i18n/strings.ts";
import type {View} from "../../notebook.ts";
import {drawnTokens, tellPast} from "../narrate.ts";
import {Said} from "../Said.tsx";
import type {Asked, Question} from "./questionOf.ts";

type Props = {
  readonly view: View;
  readonly asked: Asked | null;
  readonly asks: boolean;
  readonly strings: Strings;
};

/** The question; then its answer, or what the stage did. */
export function Heading({view, asked, asks, strings}: Props) {
  if (asks && asked) return <Asks parts={askIn(asked.question, strings)} />;
  return <Said upper pieces={answerIn(view, asked, strings)} />;
}

/** A line is broken between the parts where they do not fit into one. */
const Asks = ({parts}: {readonly parts: readonly string[]}) =>
  parts.map((part, i) => (
    <Fragment key={i}>
      {i > 0 && " "}
      <span className="part">{part}</span>
    </Fragment>
  ));

function answerIn(view: View, asked: Asked | null, strings: Strings) {
  const drawn = drawnTokens(view.vocabulary);
  const right = asked?.choices[asked.right ?? -1];
  const {answer, choice} = strings.present;
  if (asked?.question.kind === "likeliest" && right?.kind === "token")
    return answer.likeliest(drawn.token(right.tokenId), choice.p(right.p));
  if (right?.kind === "first")
    return (right.stays ? answer.stays : answer.changes)(drawn.token(right.tokenId));
  return tellPast(view.frame.event, view, drawn, strings);
}

/** A question in words. */
function askIn(question: Question, {present: {question: words}}: Strings): readonly string[] {
  switch (question.kind) {
    case "tokens":
      return words.tokens(question.characters);
    case "rows":
      return words.rows(question.length);
    case "likeliest":
      return words.likeliest(question.of);
    case "entropy":
    case "first":
      return words[question.kind](question.spec);
    case "mass":
    case "kept":
      return words[question.kind](question.spec, question.of);
    case "draw":
      return words.draw(question.left);
  }
}
