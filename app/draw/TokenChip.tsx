import type {ReactNode} from "react";
import {Token} from "./Token.tsx";
import type {TokenText} from "./tokenText.ts";

/** What a token is: written by the reader, drawn, just drawn, picked but not used, or a place still empty. */
export type ChipKind = "prompt" | "drawn" | "new" | "removed" | "slot";

type Props = {
  readonly kind: ChipKind;
  readonly token: TokenText | null;
  /** A side where the token ends inside a character. */
  readonly torn?: "start" | "end" | "both" | null;
  /** Small print below: id, position. */
  readonly below?: ReactNode;
};

/** A token on its tint, as in the sentence, with its small print below. */
export function TokenChip({kind, token, torn, below}: Props) {
  return (
    <span className={`tchip ${kind}${torn ? ` torn-${torn}` : ""}`}>
      <b data-token={token?.id}>{token ? <Token token={token} /> : "?"}</b>
      {below !== undefined && <small>{below}</small>}
    </span>
  );
}
