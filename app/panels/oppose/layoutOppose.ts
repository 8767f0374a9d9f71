import type {OpposedToken, OpposeEvent} from "../../../engine/index.ts";

/** A token's row: where its two log-probabilities and its score stand, in px. */
export type OpposeRow = {
  readonly token: OpposedToken;
  readonly y: number;
  readonly own: number;
  readonly other: number;
  /** From the line of score 0, to the right or to the left; null where the token is not plausible, or bars have no room. */
  readonly bar: {readonly x: number; readonly width: number} | null;
  readonly isChosen: boolean;
};

export type OpposeLayout = {
  readonly rows: readonly OpposeRow[];
  /** Height of a row. */
  readonly row: number;
  readonly height: number;
  /** Where names end, and where the two axes begin and end. */
  readonly names: number;
  readonly axis: {readonly from: number; readonly to: number};
  /** `zero` is null where scores are numbers only. */
  readonly scores: {readonly from: number; readonly to: number; readonly zero: number | null};
  /** Powers of ten on the axis of probabilities. */
  readonly ticks: readonly {readonly x: number; readonly p: number}[];
  /** Where the own probability is just plausible; null where that is off the axis, or all are. */
  readonly least: number | null;
  /** Plausible tokens that are not drawn, and the top of the line that says so; null where all are. */
  readonly more: {readonly count: number; readonly y: number} | null;
  /** Above the first token that is not plausible; null where all are. */
  readonly cut: number | null;
  /** Tokens that are neither plausible nor drawn, and the top of the line that says so; null where others are left out. */
  readonly rest: {readonly count: number; readonly y: number} | null;
  /** From top to bottom: where rows stand, without the lines of text between them. */
  readonly blocks: readonly {readonly from: number; readonly to: number}[];
};

/** Of rows, and of rows where there is little room for them. */
const [ROW, DENSE] = [26, 18];
export const TOP = 34;
/** A line of text between rows, and between the two axes. */
export const GAP = 22;
const VALUE = 46;
/** Below it scores are numbers only. */
const NARROW = 560;
const MOST_PLAUSIBLE = 8;
const MOST_CUT = 5;

/**
 * The tokens drawn: the best of the plausible ones, among them the chosen and the most probable one, and a few of the
 * others.
 *
 * @param most rows that there is room for; then the others are left out
 */
export function shownTokens(event: OpposeEvent, most: number | null = null): readonly OpposedToken[] {
  const {tokens, chosen, plausible: all} = event;
  const plausible = tokens.filter(({score}) => score !== null);
  const limit = Math.min(MOST_PLAUSIBLE, most ?? MOST_PLAUSIBLE);
  const isOneOver = all === limit + 1; // a line of text would take as much room
  const likeliest = mostProbable(plausible);
  const priority = (token: OpposedToken) => (token.tokenId === chosen ? 2 : token === likeliest ? 1 : 0);
  const taken = plausible.toSorted((a, b) => priority(b) - priority(a)).slice(0, limit + (isOneOver ? 1 : 0));
  const best = plausible.filter((token) => taken.includes(token));
  if (most !== null) return best;
  return [...best, ...tokens.filter(({score}) => score === null).slice(0, MOST_CUT)];
}

const mostProbable = (tokens: readonly OpposedToken[]): OpposedToken | undefined =>
  tokens.reduce((a, b) => (a && a.own >= b.own ? a : b), tokens[0]);

/**
 * Two distributions as the ends of a line for each token, on a logarithmic axis, and the scores beside them.
 *
 * @param room the height there is for them, in px; null for as much as they need
 */
export function layoutOppose(event: OpposeEvent, width: number, room: number | null = null): OpposeLayout {
  const rowHeight = room === null ? ROW : DENSE;
  const most = room === null ? null : Math.max(1, Math.floor((room - TOP - GAP - 8) / DENSE));
  const tokens = shownTokens(event, most);
  const {names, axis, scores} = axesOf(width);
  const x = logScale(tokens, axis);
  const score = scores.hasBars ? scoreScale(tokens, scores) : null;
  const best = mostProbable(event.tokens)?.own ?? 0; // also where it is not drawn
  const least = event.alpha > 0 ? x.at(best + Math.log(event.alpha)) : -Infinity;
  const plausible = tokens.filter((token) => token.score !== null).length;
  const others = tokens.length - plausible;
  const more = event.plausible - plausible;
  const {y, ...lines} = linesOf(
    {plausible, others, more, rest: event.scores.length - tokens.length - more},
    rowHeight
  );
  return {
    rows: tokens.map((token, row) => ({
      token,
      y: y(row),
      own: x.at(token.own),
      other: x.at(token.other),
      bar: token.score === null || !score ? null : barOf(score(0), score(token.score)),
      isChosen: token.tokenId === event.chosen
    })),
    ...lines,
    row: rowHeight,
    names,
    axis,
    scores: {from: scores.from, to: scores.to, zero: score && score(0)},
    ticks: x.ticks,
    least: least >= axis.from ? least : null
  };
}

function axesOf(width: number) {
  const hasBars = width >= NARROW;
  const names = Math.min(150, Math.round(width * 0.24));
  const from = names + 8;
  const room = width - from - GAP - 2 * VALUE;
  const to = hasBars ? from + Math.round(room * 0.62) : width - VALUE - 8;
  return {
    names,
    axis: {from, to},
    scores: {hasBars, from: hasBars ? to + GAP + VALUE : width - VALUE, to: hasBars ? width - VALUE : width}
  };
}

type Counts = Readonly<Record<"plausible" | "others" | "more" | "rest", number>>;

/** Rows of plausible tokens, how many more there are; below a line that says so rows of others, how many more of them. */
function linesOf({plausible, others, more, rest}: Counts, row: number) {
  const above = TOP + plausible * row;
  const cut = above + (more > 0 ? GAP : 0);
  const below = cut + GAP;
  const end = others > 0 ? below + others * row : cut;
  const hasRest = others > 0 && rest > 0;
  return {
    y: (at: number) => (at < plausible ? TOP + at * row : below + (at - plausible) * row) + row / 2,
    more: more > 0 ? {count: more, y: above} : null,
    cut: others > 0 ? cut : null,
    rest: hasRest ? {count: rest, y: end} : null,
    blocks: [{from: TOP - 8, to: above}, ...(others > 0 ? [{from: below, to: end}] : [])],
    height: end + (hasRest ? GAP : 0) + 8
  };
}

const barOf = (zero: number, end: number) => ({
  x: Math.min(zero, end),
  width: Math.max(1, Math.abs(end - zero))
});

/** Log-probabilities from the least one shown up to 100 %. */
function logScale(tokens: readonly OpposedToken[], {from, to}: {from: number; to: number}) {
  const lowest = Math.min(...tokens.flatMap(({own, other}) => [own, other])) / Math.LN10;
  const decades = Math.max(1, Math.ceil(-lowest - 1e-6));
  const step = Math.ceil(decades / Math.max(2, Math.floor((to - from) / 64)));
  const at = (log: number) => to + ((to - from) * log) / Math.LN10 / decades;
  const ticks = Array.from({length: Math.floor(decades / step) + 1}, (_, i) => ({
    p: 10 ** (-i * step),
    x: at(-i * step * Math.LN10)
  }));
  return {at, ticks};
}

/** Scores of the plausible tokens, and 0. Where all are 0, there is nothing to stretch. */
function scoreScale(tokens: readonly OpposedToken[], {from, to}: {from: number; to: number}) {
  const values = tokens.flatMap(({score}) => score ?? []);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const span = high - low || 1;
  return (score: number) => from + ((to - from) * (score - low)) / span;
}
