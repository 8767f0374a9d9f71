import type {ReactNode} from "react";
import {
  formatCount,
  formatNumber,
  Sentence,
  Token,
  tokenText,
  type Curve,
  type LessonIn,
  type View
} from "../../app/notebook.ts";
import {
  beamParams,
  bestOf,
  defaultRequest,
  measuresOf,
  strategy,
  warper,
  type Request,
  type StrategySpec
} from "../../engine/index.ts";
import {en} from "./en.ts";
import {
  addedUp,
  bestHypothesis,
  hasStopped,
  K,
  nats,
  PENDING,
  Prose,
  say,
  sumOf,
  surpriseOfRepeats,
  surprisesOf,
  times,
  varietyOf
} from "./facts.tsx";
import {titles} from "./title.ts";

const texts: Readonly<Record<string, typeof en>> = {en};

/** So many tokens each text has; the end of a text is forbidden before, so that their sums can be compared. */
const N = 40;
const n = formatCount(N);
/** Sampled tokens whose surprise is drawn before the reader answers. */
const KNOWN = 3;
/** Of greedy's tokens so many are looked at on their own. */
const FIRST = 10;

const requestOf = (spec: StrategySpec): Request => ({
  ...defaultRequest,
  prompt: "Tom was sad because",
  strategy: spec,
  warpers: [warper("minNewTokens", N)],
  maxNewTokens: N
});
const greedy = requestOf({name: "greedy"});
const beam = requestOf(strategy("beam"));
const sample = requestOf(strategy("multinomial"));
/** A search that is small enough to be watched. */
const search: Request = {...requestOf(strategy("beam", {numBeams: 3})), warpers: [], maxNewTokens: 6};
const beamsOf = (request: Request) => formatCount(beamParams(request.strategy.params ?? {}).numBeams);

const ALL = ["greedy", "beam", "sample"] as const;
/** Their traces, in that order; null before all are there. */
const tracesOf = (views: readonly (View | null)[]) =>
  views.every((view) => view !== null) ? views.map(({trace}) => trace) : null;

/** The surprise of the sampled text, token by token, on axes that also hold that of greedy's. */
function curveOf(greedy: View, sample: View, axes: Pick<Curve, "x" | "y">): Curve | null {
  if (!hasStopped(greedy) || !hasStopped(sample)) return null;
  const values = addedUp(sample.trace);
  if (values.length < 2) return null;
  const most = 1.05 * Math.max(values.at(-1)!, -sumOf(greedy.trace));
  return {values, known: KNOWN, ...axes, scale: {most, format: nats}};
}

export const lesson: LessonIn = (language) => {
  const words = texts[language] ?? en;
  return {
    id: "02-the-most-probable-text",
    title: titles[language] ?? titles.en,
    cells: [
      {kind: "prose", render: () => <Prose>{words.what}</Prose>},
      {kind: "heading", id: "sum", text: words.headings.sum},
      {kind: "prose", render: () => <Prose>{words.logs(n)}</Prose>},
      {kind: "generate", id: "greedy", request: greedy, until: "stop"},
      {kind: "run", id: "search", follows: "greedy", request: search, until: "expand"},
      {kind: "run", id: "beam", follows: "greedy", request: beam, until: "stop"},
      {kind: "run", id: "sample", follows: "greedy", request: sample, until: "stop"},
      {
        kind: "prose",
        of: "greedy",
        render: (view) => {
          const trace = view && view.trace.slice(0, view.frame.cursor + 1);
          const each = trace ? surprisesOf(trace) : [];
          const sum = -each.reduce((a, b) => a + b, 0);
          const first = -each.slice(0, FIRST).reduce((a, b) => a + b, 0);
          return say(
            words.greedy<ReactNode>({
              n: trace ? <K>{formatCount(each.length)}</K> : PENDING,
              sum: trace ? <K>{nats(sum)}</K> : PENDING,
              each: trace ? <K>{nats(each.length > 0 ? sum / each.length : 0)}</K> : PENDING,
              first: each.length > FIRST ? formatCount(FIRST) : null,
              firstSum: <K>{nats(first)}</K>
            })
          );
        }
      },
      {
        kind: "claim",
        of: "greedy",
        says: words.claimFalling,
        holds: (trace) => surprisesOf(trace).every((surprise) => surprise >= 0)
      },
      {kind: "heading", id: "beam", text: words.headings.beam},
      {kind: "prose", render: () => <Prose>{words.beams(beamsOf(search))}</Prose>},
      {kind: "steps", of: "search"},
      {kind: "panel", stage: "expand", of: "search"},
      {
        kind: "prose",
        of: "search",
        render: (view) => {
          const step = view?.frame.latest.expand;
          const steps = view?.trace.slice(0, view.frame.cursor + 1).filter(({stage}) => stage === "expand");
          const best = step && (step.done ? step.finished : step.running)[0];
          return say(
            words.search<ReactNode>({
              steps: steps && best ? formatCount(steps.length) : PENDING,
              text:
                view && step
                  ? bestOf(step).map((id, i) => <Token key={i} token={tokenText(view.vocabulary, id)} />)
                  : PENDING,
              sum: best ? <K>{nats(best.score)}</K> : PENDING
            })
          );
        }
      },
      {
        kind: "prose",
        of: ["greedy", "beam"],
        render: (...views) => {
          const traces = tracesOf(views);
          const [other, found] = traces?.map(sumOf) ?? [];
          const isThere = other !== undefined && found !== undefined;
          return say(
            words.found<ReactNode>({
              vocabulary: views[0] ? <K>{formatCount(views[0].config.vocabSize)}</K> : PENDING,
              n,
              beams: beamsOf(views[1]?.request ?? beam),
              sum: isThere ? <K>{nats(found)}</K> : PENDING,
              greedy: isThere ? <K>{nats(other)}</K> : PENDING,
              times: isThere ? <K>{times(found - other)}</K> : PENDING
            })
          );
        }
      },
      {
        kind: "claim",
        of: ["greedy", "beam"],
        says: words.claimBeam,
        holds: (greedy, beam) => sumOf(beam!) > sumOf(greedy!)
      },
      {kind: "heading", id: "best", text: words.headings.best},
      {kind: "prose", render: () => <Prose>{words.sampling(n)}</Prose>},
      {
        kind: "predict",
        id: "cost",
        of: ["greedy", "sample"],
        title: words.predict.title,
        question: (greedy) => words.predict.question(n, greedy ? nats(-sumOf(greedy.trace)) : null),
        how: words.predict.how,
        curve: (greedy, sample) => curveOf(greedy!, sample!, words.predict),
        target: {
          value: (greedy) => (greedy ? -sumOf(greedy.trace) : 0),
          label: (value) => words.predict.target(nats(value))
        },
        narrate: ({guess, truth, isReached, target, reached, needed}) => (
          <Sentence
            pieces={words.predict.narrate<ReactNode>({
              guess: guess === null ? null : <span className="you">{formatCount(guess)}</span>,
              guessed: formatCount(guess ?? 0),
              truth: <K>{formatCount(truth)}</K>,
              isReached,
              needed: <K>{nats(needed)}</K>,
              target: nats(target),
              reached: <K>{nats(reached)}</K>
            })}
          />
        )
      },
      {kind: "prose", after: "cost", render: () => <Prose>{words.read}</Prose>},
      {
        kind: "beside",
        after: "cost",
        of: ALL,
        names: ALL.map((id) => words.names[id])
      },
      {
        kind: "prose",
        after: "cost",
        of: ALL,
        render: (...views) => {
          const traces = tracesOf(views);
          const [g, b, s] = traces?.map((trace) => formatCount(varietyOf(measuresOf(trace)))) ?? [];
          return say(
            words.varied<ReactNode>({
              n,
              greedy: g ? <K>{g}</K> : PENDING,
              beam: b ? <K>{b}</K> : PENDING,
              sample: s ? <K>{s}</K> : PENDING,
              times: traces ? <K>{times(sumOf(traces[1]!) - sumOf(traces[2]!))}</K> : PENDING
            })
          );
        }
      },
      {
        kind: "claim",
        after: "cost",
        of: ALL,
        says: words.claimOrder,
        holds: (greedy, beam, sample) => sumOf(beam!) > sumOf(greedy!) && sumOf(greedy!) > sumOf(sample!)
      },
      {
        kind: "claim",
        after: "cost",
        of: ALL,
        says: words.claimVaried,
        holds: (...traces) => {
          const [greedy, beam, sample] = traces.map((trace) => varietyOf(measuresOf(trace)));
          return Math.max(greedy!, beam!) < sample!;
        }
      },
      {kind: "heading", id: "why", after: "cost", text: words.headings.why},
      {kind: "prose", after: "cost", render: () => <Prose>{words.why}</Prose>},
      {
        kind: "prose",
        after: "cost",
        of: ALL,
        render: (...views) => {
          const traces = tracesOf(views);
          if (!traces) return say(words.again<ReactNode>({again: PENDING, other: PENDING}));
          const found = surpriseOfRepeats(traces);
          return say(
            words.again<ReactNode>(
              found && {again: <K>{nats(found.again)}</K>, other: <K>{nats(found.other)}</K>}
            )
          );
        }
      },
      {
        kind: "claim",
        after: "cost",
        of: ALL,
        says: words.claimAgain,
        holds: (...traces) => {
          const found = surpriseOfRepeats(traces);
          return found && found.again < found.other;
        }
      },
      {kind: "prose", after: "cost", render: () => <Prose>{words.people}</Prose>},
      {kind: "heading", id: "length", after: "cost", text: words.headings.length},
      {kind: "prose", after: "cost", render: () => <Prose>{words.length(n)}</Prose>},
      {
        kind: "prose",
        after: "cost",
        of: "beam",
        render: (view) => {
          const best = view && bestHypothesis(view.trace);
          const {lengthPenalty} = beamParams((view?.request ?? beam).strategy.params ?? {});
          return say(
            words.penalty<ReactNode>({
              sum: best ? <K>{nats(best.score)}</K> : PENDING,
              n: best ? <K>{formatCount(best.tokenIds.length)}</K> : PENDING,
              penalty: <K>{formatNumber(lengthPenalty, 0)}</K>,
              score: best ? <K>{nats(best.normalized)}</K> : PENDING
            })
          );
        }
      },
      {kind: "heading", id: "lab", after: "cost", text: words.headings.lab},
      {kind: "prose", after: "cost", render: () => <Prose>{words.lab}</Prose>}
    ]
  };
};
