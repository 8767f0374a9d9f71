import {tokenId, type TokenId, type Vocabulary} from "../../../engine/index.ts";
import {tokenPlain} from "../../draw/tokenText.ts";

/** Found tokens shown; the others are counted. */
export const SHOWN = 20;

export type Found = {
  /** Exact ones first, then by falling logit, ties by id. */
  readonly ids: readonly TokenId[];
  /** Found, and not among `ids`. */
  readonly more: number;
};

const NOTHING: Found = {ids: [], more: 0};

/**
 * Tokens by what the reader types: an id (12, #12), or a piece of text without regard to case. A leading space is
 * optional, and demanded where it is typed; "␣", "↵", "⇥" and "\n", "\t" mean what they look like; half characters are found by
 * their bytes as they are shown (⟨E2⟩), special tokens by their name.
 *
 * @param order ids by falling logit, ties by id
 */
export function searchTokens(query: string, vocabulary: Vocabulary, order: Uint32Array): Found {
  const typed = typedText(query);
  const wanted = typed.trimStart() === "" ? typed : typed.trimEnd() || typed;
  if (wanted === "") return NOTHING;
  const byId = idTyped(query, vocabulary.length);
  const exact: TokenId[] = byId === null ? [] : [byId];
  const others: TokenId[] = [];
  for (const id of order) {
    if (id === byId) continue;
    const match = matches(wanted, vocabulary, tokenId(id));
    if (match !== "not") (match === "exact" ? exact : others).push(tokenId(id));
  }
  const ids = [...exact, ...others];
  return {ids: ids.slice(0, SHOWN), more: Math.max(0, ids.length - SHOWN)};
}

function idTyped(query: string, size: number): TokenId | null {
  const [, digits] = /^\s*#?(\d{1,9})\s*$/.exec(query) ?? [];
  const id = Number(digits);
  return digits !== undefined && id < size ? tokenId(id) : null;
}

const typedText = (query: string): string =>
  query.replaceAll("␣", " ").replace(/↵|\\n/g, "\n").replace(/⇥|\\t/g, "\t").toLowerCase();

/** How the text of a token stands to what was typed. */
function matches(wanted: string, vocabulary: Vocabulary, id: TokenId): "exact" | "part" | "not" {
  const entry = vocabulary[id];
  if (!entry) return "not";
  const text = (entry.text ?? tokenPlain(vocabulary, id)).toLowerCase();
  if (text === wanted || (!/^ /.test(wanted) && text.trimStart() === wanted && wanted !== "")) return "exact";
  return text.includes(wanted) ? "part" : "not";
}
