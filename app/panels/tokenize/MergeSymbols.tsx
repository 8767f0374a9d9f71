import type {ReactNode} from "react";
import type {Range} from "../../../engine/index.ts";
import {Token} from "../../draw/Token.tsx";
import {bytesText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {MergeRow} from "./layoutMerges.ts";

type SignProps = {
  readonly merged: boolean;
  readonly torn?: "start" | "end" | "both" | null;
  readonly children: ReactNode;
};

/** One symbol or token. */
export const Sign = ({merged, torn, children}: SignProps) => (
  <span className={`sign${merged ? " merged" : ""}${torn ? ` torn-${torn}` : ""}`}>{children}</span>
);

/** Symbols drawn of one row; a longer row is cut around the newest one. */
const MOST_SYMBOLS = 48;

type SymbolsProps = {
  readonly row: MergeRow;
  readonly bytes: readonly number[];
  readonly strings: Strings["tokenize"];
};

/** One row of a pre-token on its way to tokens. */
export function Symbols({row: {symbols, merged, rank}, bytes, strings}: SymbolsProps) {
  const {from, to} = shownSymbols(symbols.length, merged);
  return (
    <>
      {from > 0 && <span className="note">… </span>}
      {symbols.slice(from, to).map((symbol, i) => (
        <Sign key={symbol.from} merged={from + i === merged}>
          <Token token={bytesText(bytes.slice(symbol.from, symbol.to))} />
        </Sign>
      ))}
      {to < symbols.length && <span className="note">… {strings.cut(symbols.length - to)}</span>}
      {rank !== null && <span className="note">{strings.rank(rank)}</span>}
    </>
  );
}

/** A long row is cut around the newest symbol. */
export function shownSymbols(count: number, merged: number | null): Range {
  if (count <= MOST_SYMBOLS) return {from: 0, to: count};
  const from = Math.min(Math.max(0, (merged ?? 0) - MOST_SYMBOLS / 2), count - MOST_SYMBOLS);
  return {from, to: from + MOST_SYMBOLS};
}
