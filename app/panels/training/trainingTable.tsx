import {formatCount} from "../../draw/format.ts";
import type {TableTwinProps} from "../../draw/PanelFrame.tsx";
import {Token} from "../../draw/Token.tsx";
import {bytesText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Learned} from "./learn.ts";

/** A row a merge that is done: what it made, of what, how often, and its entry. */
export function trainingTable(
  {states, bytes}: Learned,
  step: number,
  {table}: Strings["training"]
): TableTwinProps {
  const token = (id: number) => <Token token={bytesText(bytes[id]!)} />;
  const rows = states.slice(1, step + 1).map(({merge}, i) => {
    const {left, right, count, id} = merge!;
    return [token(id), formatCount(i + 1), token(left), token(right), formatCount(count), formatCount(id)];
  });
  return {head: table.head, rows};
}
