import type {ProposeEvent, TokenId, VerifiedToken, VerifyEvent} from "../../../engine/index.ts";

/** What became of a slot of the draft; "waiting" before the target has read it. */
export type SlotFate = "accepted" | "rejected" | "untested" | "waiting";

export type DraftSlot = {
  readonly tokenId: TokenId;
  readonly q: number;
  readonly p: number | null;
  /** min(1, p / q): how high the bar stands; without coins 1 or 0; null where it was not tested. */
  readonly share: number | null;
  readonly ratio: number | null;
  readonly coin: number | null;
  readonly fate: SlotFate;
  readonly x: number;
};

export type TargetSlot = {readonly tokenId: TokenId; readonly isExtra: boolean; readonly x: number};

/** One round: the draft's lane above, the target's below, what was tested between them. */
export type RoundLayout = {
  readonly drafted: readonly DraftSlot[];
  readonly target: readonly TargetSlot[];
  readonly slot: {readonly width: number; readonly gap: number};
  readonly rows: RoundRows;
  /** More than what was asked for where slots would be too narrow to be read. */
  readonly width: number;
};

/** What stands where from top to bottom, in px. */
export type RoundRows = {
  /** Tops of the boxes, and of the bars between them. */
  readonly draftY: number;
  readonly barY: number;
  readonly bar: number;
  readonly targetY: number;
  readonly height: number;
  /** Of a lane around its boxes; where its name stands above their tops. */
  readonly lane: {readonly above: number; readonly below: number; readonly name: number};
  /** Lanes are named beside their boxes, and numbers share a line. */
  readonly isDense: boolean;
};

/** @param isTested whether there is anything to draw between the lanes */
function rowsOf(isTested: boolean, room: number | null): RoundRows {
  if (room === null) {
    const targetY = isTested ? 238 : 104;
    const lane = {above: 22, below: 8, name: 7};
    return {draftY: 20, barY: 96, bar: 84, targetY, height: targetY + 38, lane, isDense: false};
  }
  const bar = isTested ? Math.max(24, Math.min(200, room - 122)) : 0;
  const targetY = 58 + bar + (isTested ? 30 : 8);
  const lane = {above: 4, below: 4, name: -19};
  return {draftY: 4, barY: 58, bar, targetY, height: targetY + 34, lane, isDense: true};
}

/** Of the names of the lanes beside them. */
const NAMES = 124;
/** Of a slot. */
const [LEAST, WIDEST] = [60, 340];

/**
 * @param event of the round: what was proposed, or what became of it
 * @param room the height there is, in px; null for as much as it needs
 */
export function layoutRound(
  event: ProposeEvent | VerifyEvent,
  width: number,
  room: number | null = null
): RoundLayout {
  const verified = event.stage === "verify" ? event : null;
  const slots = Math.max(1, event.tokens.length, verified ? verified.accepted + 1 : 0);
  const gap = width < 560 ? 6 : 10;
  const from = room === null ? 0 : NAMES;
  const slotWidth = Math.max(LEAST, Math.min(WIDEST, (width - from - gap * (slots - 1)) / slots));
  const xOf = (place: number) => from + place * (slotWidth + gap);
  return {
    drafted: event.tokens.map((token, place) => ({
      tokenId: token.tokenId,
      q: token.q,
      coin: verified ? verified.tokens[place]!.acceptCoin : null,
      ...testOf(verified?.tokens[place]),
      x: xOf(place)
    })),
    target: verified ? targetOf(verified).map((slot, place) => ({...slot, x: xOf(place)})) : [],
    slot: {width: slotWidth, gap},
    rows: rowsOf(verified !== null && verified.tokens.length > 0, room),
    width: Math.max(width, xOf(slots) - gap)
  };
}

function testOf(token: VerifiedToken | undefined): Pick<DraftSlot, "p" | "share" | "ratio" | "fate"> {
  if (!token) return {p: null, share: null, ratio: null, fate: "waiting"};
  const {p, ratio, accepted, acceptCoin} = token;
  if (accepted === null || ratio === null) return {p, share: null, ratio: null, fate: "untested"};
  const fate = accepted ? "accepted" : "rejected";
  if (acceptCoin === null) return {p, share: accepted ? 1 : 0, ratio: null, fate}; // greedy: the largest logit, or not
  return {p, share: Math.min(1, ratio), ratio, fate};
}

const targetOf = ({tokens, accepted, extra}: VerifyEvent) => [
  ...tokens.slice(0, accepted).map(({tokenId}) => ({tokenId, isExtra: false})),
  {tokenId: extra.tokenId, isExtra: true}
];

/** How a run's drafts have fared: tokens tested and accepted, what sum min(p, q) had predicted, tokens a target pass. */
export type Acceptance = {
  readonly rounds: number;
  readonly tested: number;
  readonly accepted: number;
  /** Mean of sum min(p, q) over the tokens tested; null without sampling. */
  readonly predicted: number | null;
  /** Tokens that came out of the rounds. */
  readonly tokens: number;
};

export function acceptanceOf(events: readonly VerifyEvent[]): Acceptance {
  const tested = events.flatMap(({tokens}) => tokens.filter(({accepted}) => accepted !== null));
  const overlaps = tested.flatMap(({overlap}) => (overlap === null ? [] : [overlap]));
  return {
    rounds: events.length,
    tested: tested.length,
    accepted: tested.filter(({accepted}) => accepted).length,
    predicted: overlaps.length > 0 ? overlaps.reduce((a, b) => a + b) / overlaps.length : null,
    tokens: events.reduce((sum, {accepted}) => sum + accepted + 1, 0)
  };
}

/** Expected tokens a target pass at acceptance a with drafts of length gamma: (1 - a^(gamma + 1)) / (1 - a). */
export const expectedTokens = (a: number, gamma: number): number =>
  a >= 1 ? gamma + 1 : (1 - a ** (gamma + 1)) / (1 - a);
