import type {ReactNode} from "react";
import {
  formatBytes,
  formatCount,
  formatPercent,
  Sentence,
  Token,
  tokenText,
  type LessonIn,
  type View
} from "../../app/notebook.ts";
import {argmax, defaultRequest, softmax, type Request} from "../../engine/index.ts";
import {en} from "./en.ts";
import {titles} from "./title.ts";
import {curveOf, factsOf, isPass, K, PENDING, Prose, say, SHOWN} from "./facts.tsx";

const texts: Readonly<Record<string, typeof en>> = {en};

/** The shares of the probability that the prediction may ask about. */
const TARGETS = [0.9, 0.99, 0.999];

/** The first share that the tokens drawn one by one do not reach: the answer must not be in the picture already. */
function targetOf(view: View | null): number {
  const twelve = factsOf(view)?.sums[SHOWN - 1] ?? 0;
  return TARGETS.find((target) => twelve < target) ?? TARGETS.at(-1)!;
}

/** A share that was chosen, not measured: "90 %", not "90.0 %". */
const share = (x: number) => `${Number((100 * x).toFixed(2))}\u202F%`;

/** One new token after another, by the simplest rule, so that the same sentence always goes on alike. */
const request: Request = {
  ...defaultRequest,
  prompt: "Once upon a time, there was a",
  strategy: {name: "greedy"},
  warpers: [],
  maxNewTokens: 12
};

export const lesson: LessonIn = (language) => {
  const words = texts[language] ?? en;
  return {
    id: "01-what-a-decoder-gives-you",
    title: titles[language] ?? titles.en,
    cells: [
      {kind: "prose", render: () => <Prose>{words.what}</Prose>},
      {kind: "heading", id: "in", text: words.headings.in},
      {
        kind: "prose",
        of: "sentence",
        render: (view) => say(words.pieces(view ? <K>{formatCount(view.config.vocabSize)}</K> : PENDING))
      },
      {kind: "generate", id: "sentence", request, until: "fetch"},
      {
        kind: "prose",
        of: "sentence",
        render: (view) => {
          const facts = factsOf(view);
          const fetched = view?.frame.latest.fetch;
          return say(
            words.read({
              tokens: formatCount(facts?.tokens ?? 0),
              n: facts ? <K>{formatCount(facts.tokens)}</K> : PENDING,
              scores: facts ? <K>{formatCount(facts.n)}</K> : PENDING,
              bytes: fetched ? <K>{formatBytes(fetched.bytes)}</K> : PENDING
            })
          );
        }
      },
      {kind: "heading", id: "out", text: words.headings.out},
      {
        kind: "prose",
        of: "sentence",
        render: (view) => {
          const facts = factsOf(view);
          return say(
            words.logits({
              best: facts?.token(1) ?? PENDING,
              most: facts?.logit(1) ?? PENDING,
              worst: facts?.token(facts.n) ?? PENDING,
              least: facts?.logit(facts.n) ?? PENDING
            })
          );
        }
      },
      {kind: "panel", stage: "logits", of: "sentence"},
      {
        kind: "claim",
        of: "sentence",
        says: words.claimCount,
        holds: (trace) => {
          const load = trace.find((event) => event.stage === "load");
          return trace.filter(isPass).every((pass) => pass.logits.length === load?.config.vocabSize);
        }
      },
      {kind: "heading", id: "probabilities", text: words.headings.probabilities},
      {
        kind: "prose",
        of: "sentence",
        render: (view) => {
          const facts = factsOf(view);
          return say(
            words.softmax({
              best: facts?.token(1) ?? PENDING,
              p: facts?.p(1) ?? PENDING,
              second: facts?.token(2) ?? PENDING,
              q: facts?.p(2) ?? PENDING,
              top: facts?.upTo(SHOWN) ?? PENDING,
              rest: facts?.beyond(SHOWN) ?? PENDING,
              others: facts ? formatCount(facts.n - SHOWN) : PENDING
            })
          );
        }
      },
      {
        kind: "claim",
        of: "sentence",
        says: words.claimSoftmax,
        holds: (trace) =>
          trace.filter(isPass).every(({logits}) => {
            const p = softmax(logits);
            const sum = p.reduce((a, b) => a + b, 0);
            return Math.abs(sum - 1) < 1e-4 && p.every((x) => x > 0);
          })
      },
      {
        kind: "predict",
        id: "ninety",
        of: "sentence",
        title: words.predict.title,
        question: (view) =>
          words.predict.question(view && formatCount(view.config.vocabSize), share(targetOf(view))),
        how: words.predict.how,
        curve: (view) => curveOf(view, words.predict),
        target: {value: targetOf, label: share},
        narrate: ({guess, truth, target, reached}) => (
          <Sentence
            pieces={words.predict.narrate<ReactNode>({
              guess: guess === null ? null : <span className="you">{formatCount(guess)}</span>,
              guessed: formatCount(guess ?? 0),
              truth: <K>{formatCount(truth)}</K>,
              target: share(target),
              reached: <K>{formatPercent(reached)}</K>
            })}
          />
        )
      },
      {
        kind: "prose",
        of: "sentence",
        after: "ninety",
        render: (view) => {
          const facts = factsOf(view);
          return say(
            words.tail({
              tenth: facts?.p(10) ?? PENDING,
              hundredth: facts?.p(100) ?? PENDING,
              thousandth: facts?.p(1000) ?? PENDING,
              beyond: facts?.beyond(100) ?? PENDING
            })
          );
        }
      },
      {kind: "heading", id: "again", text: words.headings.again},
      {kind: "prose", render: () => <Prose>{words.strategy}</Prose>},
      {kind: "prose", render: () => <Prose>{words.loop}</Prose>},
      {kind: "steps", of: "sentence"},
      {
        kind: "prose",
        of: "sentence",
        render: (view) => {
          const passes = view?.frame.passes ?? 0;
          const fresh = view?.frame.tokenIds.slice(view.frame.promptLength) ?? [];
          const n = fresh.length;
          return say(
            words.sofar<ReactNode>({
              passes,
              pass: view ? <K>{formatCount(passes)}</K> : PENDING,
              n,
              tokens: view ? <b className="n d">{formatCount(n)}</b> : PENDING,
              text:
                view && n > 0
                  ? fresh.map((id, i) => <Token key={i} token={tokenText(view.vocabulary, id)} />)
                  : null
            })
          );
        }
      },
      {
        kind: "claim",
        of: "sentence",
        says: words.claimGreedy,
        holds: (trace) =>
          trace.every((event, i) => {
            if (event.stage !== "sample") return true;
            const pass = trace.slice(0, i).findLast(isPass);
            return pass !== undefined && event.tokenId === argmax(pass.logits);
          })
      }
    ]
  };
};
