import type {Frame} from "./frame.ts";
import type {Request} from "./request.ts";
import type {StrategyName, StrategyParams} from "./strategy/strategy.ts";
import type {Lane, Range} from "./trace.ts";

/** What the coming pass is fed: of each of its sequences the same positions. */
export type ComingPass = {
  /** Whose decoder reads it; null: the run's own. */
  readonly lane: Lane | null;
  readonly positions: Range;
  readonly sequences: number;
};

type Coming = (frame: Frame, request: Request) => ComingPass | null;

/**
 * What will be fed to the pass that begins with the next transfer, or whose transfer the cursor is at. Null where it
 * is not known before: ahead of the prompt's ids, with the window of lookahead decoding, where DoLa takes over.
 */
export const comingPass: Coming = (frame, request) =>
  frame.tokenIds.length === 0 ? null : COMING[request.strategy.name](frame, request);

/** The newest token; without a cache, or before the first pass, all of them. */
const plain: Coming = ({tokenIds: {length}, passes}, {cache}) => ({
  lane: null,
  positions: {from: cache && passes > 0 ? length - 1 : 0, to: length},
  sequences: 1
});

const beam: Coming = (frame, request) => {
  const {expand} = frame.latest;
  const sequences = expand && !expand.done ? expand.running.length : 1;
  return {...plain(frame, request)!, sequences};
};

/** Each candidate after the same text. */
const contrastive: Coming = (frame, request) => {
  const {tokenIds, passes, latest} = frame;
  if (passes === 0) return plain(frame, request);
  const at = tokenIds.length;
  const isInside = latest.fetch!.tensors.length > 1; // with hidden states; else the text is read again
  if (!isInside) return {lane: null, positions: {from: 0, to: at}, sequences: 1};
  const isForced = request.forced.some(({position}) => position === at);
  const {topK} = request.strategy.params as StrategyParams & {readonly topK: number};
  return {
    lane: null,
    positions: {from: request.cache ? at : 0, to: at + 1},
    sequences: isForced ? 1 : topK
  };
};

/** The draft reads on from what it has read; the run's own decoder reads what was proposed. */
const speculative: Coming = (frame, request) => {
  const {event, pass, tokenIds, passes, draft, latest} = frame;
  const at = tokenIds.length;
  if (passes === 0) return plain(frame, request);
  const kept = latest.verify?.rollBack;
  const proposed = latest.propose?.position === at ? latest.propose.tokens.length : null;
  const isOwn = event.stage === "transfer" ? !event.lane : proposed !== null;
  if (isOwn) {
    const from = latest.verify ? (kept?.target?.after ?? 0) : at;
    const to = at + (proposed ?? 0);
    return {lane: null, positions: {from: request.cache ? from : 0, to}, sequences: 1};
  }
  if (event.stage === "transfer") return null; // how much was drafted before it is not to be seen from here
  const drafted = pass?.lane ? pass.positions.to + 1 : at;
  const from = pass?.lane ? drafted - 1 : draft.passes === 0 ? 0 : (kept?.draft?.after ?? 0);
  return {lane: "draft", positions: {from: request.cache ? from : 0, to: drafted}, sequences: 1};
};

/** The amateur reads after the expert. */
const contrastiveDecoding: Coming = (frame, request) => {
  const {event, pass, draft, tokenIds} = frame;
  const isAmateur = event.stage === "transfer" ? event.lane : pass && !pass.lane && event.stage === "fetch";
  if (!isAmateur) return plain(frame, request);
  const {length} = tokenIds;
  const from = request.cache && draft.passes > 0 ? length - 1 : 0;
  return {lane: "draft", positions: {from, to: length}, sequences: 1};
};

const COMING: Readonly<Record<StrategyName, Coming>> = {
  greedy: plain,
  multinomial: plain,
  beam,
  contrastive,
  speculative,
  lookahead: (frame, request) => (frame.passes === 0 ? plain(frame, request) : null),
  contrastiveDecoding,
  dola: (frame, request) => (frame.event.stage === "fetch" ? null : plain(frame, request))
};
