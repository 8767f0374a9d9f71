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

const draw = (event: ExpandEvent) => <ExpandPanel event={event} vocabulary={vocabulary} now strings={en} />;

example("expand", () => draw(going));
example("expand-first-step", () =>
  draw({...going, beams: [beam([], 0, 0)], finished: [], candidates: going.candidates.slice(0, 1)})
);
example("expand-hopeless", () =>
  draw({...going, outlook: {length: 2, best: -1.175, worst: -0.9625}, copied: 0, done: "hopeless"})
);
