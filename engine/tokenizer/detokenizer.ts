import type {TokenTable} from "./buildVocabulary.ts";
import type {Detokenizer} from "./tokenizer.ts";
import {decodeUtf8, incompleteTail} from "./utf8.ts";
import type {TokenId} from "./vocabulary.ts";

/**
 * Shows text as soon as it is certain. Bytes that begin a character wait for its end, also across special tokens,
 * which are not shown.
 */
export function makeDetokenizer({entryOf}: Pick<TokenTable, "entryOf">): Detokenizer {
  let heldBack: readonly number[] = [];
  return {
    push(id) {
      const {bytes, text, special} = entryOf(id);
      if (special) return {text: "", heldBack};
      if (text !== null && heldBack.length === 0) return {text, heldBack};
      const all = [...heldBack, ...bytes];
      const certain = all.length - incompleteTail(all);
      heldBack = all.slice(certain);
      return {text: decodeUtf8(all.slice(0, certain)), heldBack};
    },
    flush() {
      const text = decodeUtf8(heldBack);
      heldBack = [];
      return text;
    }
  };
}

/** All ids at once: what a detokenizer shows, and at the end what it still held back. */
export function detokenize(table: Pick<TokenTable, "entryOf">, ids: readonly TokenId[]): string {
  const detokenizer = makeDetokenizer(table);
  const shown = ids.map((id) => detokenizer.push(id).text).join("");
  return shown + detokenizer.flush();
}
