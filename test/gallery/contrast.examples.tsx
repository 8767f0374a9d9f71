import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {ContrastPanel} from "../../app/panels/contrast/ContrastPanel.tsx";
import {contrastScore, position, tokenId, type ContrastEvent} from "../../engine/index.ts";
import {vocabulary} from "./littleGirl.ts";

const ids = (...texts: readonly string[]) =>
  texts.map((text) => tokenId(vocabulary.findIndex((entry) => entry?.text === text)));
const tokenIds = ids(" girl", " named", " She", " girl", " named");

/** Candidates of a step after five positions; scores as the rule has them. */
function step(alpha: number, made: readonly (readonly [string, number, readonly number[]])[]): ContrastEvent {
  const candidates = made.map(([text, probability, similarities]) => {
    const degeneration = Math.max(...similarities);
    return {
      tokenId: ids(text)[0]!,
      probability,
      degeneration,
      mostSimilar: position(similarities.indexOf(degeneration)),
      similarities: Float32Array.from(similarities),
      score: contrastScore(probability, degeneration, alpha)
    };
  });
  const scores = candidates.map(({score}) => score);
  return {
    stage: "contrast",
    position: position(5),
    alpha,
    candidates,
    chosen: scores.indexOf(Math.max(...scores))
  };
}

const MADE = [
  [" girl", 0.52, [0.91, 0.2, 0.31, 0.88, 0.25]],
  [" named", 0.31, [0.11, 0.72, 0.3, 0.2, 0.7]],
  [" She", 0.09, [0.22, 0.31, 0.44, 0.18, 0.39]]
] as const;

const draw = (event: ContrastEvent, width = 1088) => (
  <ContrastPanel event={event} tokenIds={tokenIds} vocabulary={vocabulary} width={width} now strings={en} />
);

example("contrast", () => draw(step(0.6, MADE)));
example("contrast-narrow", () => draw(step(0.6, MADE), 358));
example("contrast-greedy", () => draw(step(0, MADE)));
example("contrast-alpha-one", () => draw(step(1, MADE)));
example("contrast-one-candidate", () => draw(step(0.6, MADE.slice(0, 1))));
/** More positions than have rows. */
const MANY = Array.from({length: 60}, (_, at) => (at === 7 ? 0.8 : (at % 9) / 20 - 0.15));
example("contrast-60-positions-narrow", () => draw(step(0.6, [[" girl", 0.52, MANY]]), 334));
