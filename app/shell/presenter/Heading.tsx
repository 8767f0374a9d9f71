import {Fragment, useLayoutEffect, useRef} from "react";
import type {TokenText} from "../../draw/tokenText.ts";
import type {Pieces} from "../../i18n/pieces.ts";
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

/** The question; then its answer, or what the stage did, in smaller letters where it would take two lines. */
export function Heading({view, asked, asks, strings}: Props) {
  const ref = useRef<HTMLHeadingElement>(null);
  const {cursor} = view.frame;
  useLayoutEffect(() => {
    const element = ref.current!;
    element.classList.remove("long");
    const line = parseFloat(getComputedStyle(element).lineHeight);
    const {height} = element.getBoundingClientRect();
    element.classList.toggle("long", !asks && height > 1.5 * line);
  }, [cursor, asks]);
  return (
    <h1 ref={ref} aria-live="polite">
      {asks && asked ? (
        <Asks parts={askIn(asked.question, strings)} />
      ) : (
        <Said upper pieces={answerIn(view, asked, strings)} />
      )}
    </h1>
  );
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
    return answer.likeliest(drawn.token(right.tokenId), choice.p(right.p), asked.question.small);
  if (right?.kind === "first")
    return (right.stays ? answer.stays : answer.changes)(drawn.token(right.tokenId));
  return whose(view, strings, tellPast(view.frame.event, view, drawn, strings));
}

/** Where the narration of a pass says whose it is, the rest of the pass does not. */
function whose(
  {frame: {event}, request}: View,
  {present}: Strings,
  told: Pieces<TokenText>
): Pieces<TokenText> {
  if (event.stage !== "load" && event.stage !== "transfer" && event.stage !== "fetch") return told;
  return event.lane ? [present.answer.lane(request.strategy.name), ...told] : told;
}

/** A question in words. */
function askIn(question: Question, {present: {question: words}}: Strings): readonly string[] {
  switch (question.kind) {
    case "tokens":
      return words.tokens(question.characters);
    case "rows":
      return words.rows(question);
    case "likeliest":
      return words.likeliest(question.of, question.small);
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
