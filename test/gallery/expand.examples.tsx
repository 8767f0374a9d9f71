import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {ExpandPanel} from "../../app/panels/expand/ExpandPanel.tsx";
import {position, tokenId, type Beam, type Candidate, type ExpandEvent} from "../../engine/index.ts";
import {vocabulary} from "./littleGirl.ts";

const ids = (...numbers: readonly number[]) => numbers.map(tokenId);
const idOf = (text: string) => vocabulary.findIndex((entry) => entry?.text === text);
const [girl, named, she] = [idOf(" girl"), idOf(" named"), idOf(" She")];

const beam = (tokenIds: readonly number[], parent: number, score: number): Beam => ({
  tokenIds: ids(...tokenIds),
  parent,
  score,
  logProbability: score
});

const candidate = (
  of: number,
  id: number,
  score: number,
  total: number,
  fate: Candidate["fate"]
): Candidate => ({
  beam: of,
  tokenId: tokenId(id),
  score,
  total,
  ends: fate === "finished" || fate === "low" || fate === "worse" ? "eos" : null,
  fate
});

const going: ExpandEvent = {
  stage: "expand",
  position: position(9),
  beams: [beam([girl], 0, -0.214), beam([named], 0, -1.832)],
  candidates: [
    candidate(0, named, -0.136, -0.35, "running"),
    candidate(1, 0, -0.093, -1.925, "finished"),
    candidate(0, she, -2.709, -2.923, "running"),
    candidate(1, she, -3.198, -5.03, "narrow"),
    candidate(0, 0, -5.1, -5.314, "low"),
    candidate(1, girl, -6.2, -8.032, "narrow")
  ],
  running: [beam([girl, named], 0, -0.35), beam([girl, she], 0, -2.923)],
  finished: [
    {
      ...beam([named, 0], 1, -1.925),
      stop: {reason: "eos"},
      normalized: -0.9625,
      logProbabilities: [-1.832, -0.093]
    }
  ],
  outlook: {length: 2, best: -0.175, worst: null},
  copied: 20,
  done: null
};

/** The step before: the prompt alone, tried with every token. */
const first: ExpandEvent = {
  ...going,
  position: position(8),
  beams: [beam([], 0, 0)],
  candidates: [
    candidate(0, girl, -0.214, -0.214, "running"),
    candidate(0, named, -1.832, -1.832, "running"),
    candidate(0, she, -3.4, -3.4, "narrow"),
    candidate(0, 0, -6.1, -6.1, "low")
  ],
  running: going.beams,
  finished: [],
  outlook: {length: 1, best: -0.214, worst: null},
  copied: 0
};

/** The step after, with which the search ends; greedy decoding's own sequence is the best one. */
const last: ExpandEvent = {
  ...going,
  position: position(10),
  beams: going.running,
  candidates: [
    candidate(0, 0, -0.2, -0.55, "finished"),
    candidate(0, she, -1.9, -2.25, "running"),
    candidate(1, named, -0.4, -3.323, "running"),
    candidate(1, girl, -2.7, -5.623, "narrow")
  ],
  running: [beam([girl, named, she], 0, -2.25), beam([girl, she, named], 1, -3.323)],
  finished: [
    {
      ...beam([girl, named, 0], 0, -0.55),
      stop: {reason: "eos"},
      normalized: -0.18333,
      logProbabilities: [-0.214, -0.136, -0.2]
    },
    ...going.finished
  ],
  outlook: {length: 3, best: -0.75, worst: -0.9625},
  copied: 0,
  done: "full"
};

const draw = (events: readonly ExpandEvent[], width = 1088, height?: number) => (
  <ExpandPanel
    events={events}
    promptLength={8}
    lengthPenalty={0.6}
    vocabulary={vocabulary}
    width={width}
    {...(height && {height})}
    now
    strings={en}
  />
);

example("expand", () => draw([first, going]));
example("expand-narrow", () => draw([first, going], 358));
example("expand-first-step", () => draw([first]));
example("expand-hopeless", () =>
  draw([first, {...going, outlook: {length: 2, best: -1.175, worst: -0.9625}, copied: 0, done: "hopeless"}])
);
example("expand-greedy-ended", () => draw([first, going, last]));
example("expand-folded", () => draw([first, going, last], 334));
example("expand-in-room", () => draw([first, going, last], 683, 240));
example("expand-at-the-limit", () => {
  const candidates = going.candidates.map(
    (each) => ({...each, ends: each.ends ?? "max-new-tokens"}) as const
  );
  return draw([first, {...going, candidates, running: [], outlook: null, copied: 0, done: "exhausted"}]);
});
