import {formatCount} from "../../draw/format.ts";

/** "1 token", "4,096 tokens" */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;
