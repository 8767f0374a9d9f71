import {Token} from "../draw/Token.tsx";
import {Sentence} from "../draw/Sentence.tsx";
import type {TokenText} from "../draw/tokenText.ts";
import type {Pieces} from "../i18n/pieces.ts";

/** A sentence of the narration, its tokens drawn as tokens; `upper` begins it with a capital. */
export function Said({pieces, upper}: {readonly pieces: Pieces<TokenText>; readonly upper?: boolean}) {
  return (
    <Sentence
      pieces={pieces.map((piece, i) =>
        typeof piece !== "string" ? (
          <Token key={i} token={piece} />
        ) : upper && i === 0 ? (
          capital(piece)
        ) : (
          piece
        )
      )}
    />
  );
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
