import type {TokenTable} from "./buildVocabulary.ts";
import type {Detokenizer} from "./tokenizer.ts";
import {decodeUtf8, incompleteTail} from "./utf8.ts";
import type {TokenId} from "./vocabulary.ts";

/**
 * Shows text as soon as it is certain. Bytes that begin a character wait for its end, also across special tokens,
 * which are not shown; an added token that is shown ends the waiting.
 */
export function makeDetokenizer(table: Pick<TokenTable, "entryOf" | "isAdded">): Detokenizer {
  let heldBack: readonly number[] = [];

  const flush = () => {
    const text = decodeUtf8(heldBack);
    heldBack = [];
    return text;
  };
  const show = (bytes: readonly number[]) => {
    const all = [...heldBack, ...bytes];
    const end = all.length - incompleteTail(all);
    heldBack = all.slice(end);
    return decodeUtf8(all.slice(0, end));
  };
  const textAfter = (id: TokenId) => {
    const {bytes, text, special} = table.entryOf(id);
    if (special) return "";
    return table.isAdded(id) ? flush() + text : show(bytes);
  };
  return {push: (id) => ({text: textAfter(id), heldBack}), flush};
}

/** All ids at once: what a detokenizer shows, and at the end what it still held back. */
export function detokenize(table: Pick<TokenTable, "entryOf" | "isAdded">, ids: readonly TokenId[]): string {
  const detokenizer = makeDetokenizer(table);
  const shown = ids.map((id) => detokenizer.push(id).text).join("");
  return shown + detokenizer.flush();
}
