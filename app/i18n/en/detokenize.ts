import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";
import {plural} from "./plural.ts";

type Told<T> = {
  readonly token: T;
  readonly id: number;
  readonly bytes: number;
  /** What became visible; null: nothing. */
  readonly text: T | null;
  readonly held: number;
  readonly special: boolean;
  /** Bytes that never became a whole character are shown as replacement characters. */
  readonly replaced: boolean;
};

export const detokenize = {
  title: "Detokenize",
  sub: "id, its bytes, the text they make",
  how: "The bytes stand in the vocabulary; they become text as soon as they are whole UTF-8 characters.",
  id: (id: string) => `id ${id}`,
  visible: "visible now",
  nothingYet: "nothing visible yet",
  nothingSpecial: "nothing: a special token is not shown",
  said: <T>({token, id, bytes, text, held, special, replaced}: Told<T>): Pieces<T> => {
    if (special) return [token, `, id ${formatCount(id)}, is a special token: it adds nothing to the text.`];
    const start: Pieces<T> = [token, `, id ${formatCount(id)}, is ${plural(bytes, "byte")}`];
    const waits = `${plural(held, "byte")} ${held === 1 ? "waits" : "wait"} for the rest of a character`;
    if (text === null)
      return [
        ...start,
        held > 0 ? `; ${waits}, so nothing becomes visible yet.` : "; nothing becomes visible."
      ];
    const rest = replaced ? " Bytes that are no whole character are shown as �." : "";
    return [
      ...start,
      "; ",
      text,
      held > 0 ? ` becomes visible, and ${waits}.${rest}` : ` becomes visible.${rest}`
    ];
  },
  bytesBelow: (before: number, own: number, held: number, special: boolean) =>
    [
      before > 0
        ? `${formatCount(before)} held back before, ${formatCount(own)} new`
        : `${plural(own, "byte")}, hexadecimal`,
      held > 0 && !special ? `${formatCount(held)} held back` : ""
    ]
      .filter(Boolean)
      .join("; "),
  text: "The text so far",
  earlier: (characters: string) => `… ${characters} characters before`,
  empty: "nothing yet",
  table: ["byte", "from", "state"],
  own: "this token",
  heldBefore: "an earlier token",
  shownState: "visible",
  heldState: "held back",
  specialState: "not shown"
};
