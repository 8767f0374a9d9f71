import {tokenId, type Vocabulary} from "../../engine/index.ts";

/** Texts of the first ids; beyond them the ids get syllables. Special, newline, half characters, long ones, scripts. */
const TEXTS = [
  "<|endoftext|>",
  " Tim",
  " Amy",
  " L",
  " M",
  " S",
  " Mo",
  " Bo",
  " Em",
  " Lucy",
  " Tom",
  " J",
  " F",
  " E",
  " K",
  " B",
  " the",
  " a",
  " little",
  ",",
  ".",
  "\n",
  " Lily",
  " Max",
  " Sue",
  " Jack",
  " Ben",
  " Anna",
  " Sam",
  " Mia",
  " who",
  " and",
  " named",
  "  ",
  " dragonfly-collecting-grandmothers-of-old",
  " 東京",
  " مرحبا",
  "👩",
  "é",
  "\t"
];
const HALF_CHARACTER = 40; // its byte is the first of a character's three
const SYLLABLES = [
  "ba",
  "co",
  "di",
  "fu",
  "la",
  "mi",
  "no",
  "pe",
  "ro",
  "sa",
  "ti",
  "vu",
  "we",
  "xa",
  "yo",
  "zu"
];

/** A vocabulary of any size, the same each time. */
export function madeVocabulary(size: number): Vocabulary {
  return Array.from({length: size}, (_, id) => {
    if (id === HALF_CHARACTER) return {bytes: [0xe2], text: null, special: false};
    const text = TEXTS[id] ?? syllables(id);
    return {bytes: [...new TextEncoder().encode(text)], text, special: id === 0};
  });
}

function syllables(id: number): string {
  let text = id % 3 === 0 ? "" : " ";
  for (let rest = id; rest > 0; rest = Math.floor(rest / 16)) text += SYLLABLES[rest % 16];
  return text;
}

/**
 * Logits as a small decoder gives them: falling with the logarithm of the rank, a cliff for the last few. Ranks are
 * spread over the ids, so that order of id is not order of rank; the named tokens get the first ranks.
 */
export function madeLogits(size: number, {first = 8, fall = 1.1, ripple = 0.2} = {}): Float32Array {
  const logits = new Float32Array(size);
  for (let rank = 0; rank < size; ++rank) {
    const tail = 4 * Math.exp((rank - size) / (size / 40));
    logits[idAt(rank, size)] =
      first - fall * Math.log(rank + 1) - tail + ripple * Math.sin(3 * rank) * Math.min(1, rank / 4);
  }
  return logits;
}

/** The named tokens first, then every id once, far apart. */
function idAt(rank: number, size: number): number {
  const named = Math.min(size, TEXTS.length) - 1;
  if (rank < named) return 1 + ((rank * 7) % named);
  const rest = size - named;
  const at = ((rank - named) * coprimeStep(rest)) % rest;
  return at === 0 ? 0 : named + at;
}

/** A step near the golden section of n that visits every place. */
function coprimeStep(n: number): number {
  let step = Math.max(1, Math.round(n * 0.618));
  while (gcd(step, n) !== 1) ++step;
  return step;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The same logits with everything banned but those ids. */
export const onlyAlive = (logits: Float32Array, ids: readonly number[]): Float32Array =>
  logits.map((logit, id) => (ids.includes(id) ? logit : -Infinity));

/** The same logits with those ids banned. */
export const banning = (logits: Float32Array, ids: readonly number[]): Float32Array =>
  logits.map((logit, id) => (ids.includes(id) ? -Infinity : logit));

export const id = tokenId;
