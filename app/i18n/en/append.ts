import {formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";

type Told<T> = {
  readonly token: T;
  /** What the strategy picked, where that is another token. */
  readonly picked: T | null;
  readonly id: number;
  readonly position: number;
  readonly forced: boolean;
};

export const append = {
  title: "Append",
  sub: "the sequence grows by one token",
  how: "The id that the strategy picked, or that the request forces at this position.",
  id: (id: number) => `id ${formatCount(id)}`,
  picked: (id: number) => `picked, id ${formatCount(id)}`,
  position: (position: number) => formatCount(position),
  placedForced: (position: number) => `${formatCount(position)}, forced`,
  before: "before",
  after: "after",
  said: <T>({token, picked, id, position, forced}: Told<T>): Pieces<T> => {
    const place = `, id ${formatCount(id)}, is now at position ${formatCount(position)}`;
    if (!forced) return [token, `${place}, the input of the next pass if there is one.`];
    if (picked === null) return [token, `${place}: the request forces it, and the strategy picked the same.`];
    return [token, `${place}: the request forces it. The strategy had picked `, picked, "."];
  },
  yes: "yes",
  no: "no",
  table: ["what", "value"],
  rows: {position: "position", token: "token", id: "id", forced: "forced", picked: "picked by the strategy"}
};
