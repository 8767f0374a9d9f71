import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {LookaheadPanel} from "../../app/panels/lookahead/LookaheadPanel.tsx";
import {position, tokenId, type LookaheadEvent} from "../../engine/index.ts";
import {vocabulary} from "./littleGirl.ts";

const ids = (...texts: readonly string[]) =>
  texts.map((text) => tokenId(vocabulary.findIndex((entry) => entry?.text === text)));
const [girl, named, she] = ids(" girl", " named", " She") as [
  ReturnType<typeof tokenId>,
  ReturnType<typeof tokenId>,
  ReturnType<typeof tokenId>
];

const first: LookaheadEvent = {
  stage: "lookahead",
  position: position(2),
  window: [],
  fresh: [],
  guesses: [],
  chosen: null,
  emitted: [girl],
  logProbabilities: [-0.9],
  fed: {committed: 0, guesses: 0, window: 0},
  kept: 0,
  harvested: [],
  pool: []
};
const harvested = [
  {key: girl, tokenIds: [named, she, girl]},
  {key: named, tokenIds: [she, girl, named]},
  {key: she, tokenIds: [girl, girl, she]}
];
const tested = {key: girl, tokenIds: [named, she, she]};
const going: LookaheadEvent = {
  ...first,
  position: position(3),
  window: [
    [girl, named, she],
    [named, she, girl],
    [she, girl, girl]
  ],
  fresh: [girl, named, she],
  guesses: [
    {tokenIds: [named, she, she], agreed: 2},
    {tokenIds: [she, girl, named], agreed: 0}
  ],
  chosen: 0,
  emitted: [named, she, girl],
  logProbabilities: [-0.4, -2.5, -1.1],
  fed: {committed: 1, guesses: 6, window: 8},
  kept: 2,
  harvested,
  pool: [...harvested, tested]
};
const tokenIds = [girl, named, she, girl];

const draw = (events: readonly LookaheadEvent[], width = 1088, height?: number) => (
  <LookaheadPanel
    events={events}
    tokenIds={tokenIds}
    vocabulary={vocabulary}
    width={width}
    {...(height && {height})}
    now
    strings={en}
  />
);

example("lookahead", () => draw([first, going]));
example("lookahead-narrow", () => draw([first, going], 358));
example("lookahead-in-room", () => draw([first, going], 683, 240));
example("lookahead-first-token", () => draw([first]));
example("lookahead-no-guess", () =>
  draw([
    first,
    {
      ...going,
      guesses: [],
      chosen: null,
      emitted: [named],
      logProbabilities: [-0.4],
      fed: {committed: 1, guesses: 0, window: 8}
    }
  ])
);
