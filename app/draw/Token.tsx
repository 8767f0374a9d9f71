import type {TokenText} from "./tokenText.ts";

/** A token inside HTML text: monospace, its leading space visible. */
export function Token({token}: {readonly token: TokenText}) {
  return (
    <span className="mono token" dir="auto" data-token={token.id}>
      <TokenGlyphs token={token} />
    </span>
  );
}

function TokenGlyphs({token}: {readonly token: TokenText}) {
  return (
    <>
      {token.spaces && (
        <span className="u" style={isSpaces(token) ? {opacity: 1} : undefined}>
          {token.spaces}
        </span>
      )}
      {token.text}
    </>
  );
}

/** The same inside an SVG text element. */
export function TokenSpan({token}: {readonly token: TokenText}) {
  const glyphs = (
    <>
      {isSpaces(token) ? token.spaces : token.spaces && <tspan opacity=".5">{token.spaces}</tspan>}
      {token.text}
    </>
  );
  return token.id === undefined ? glyphs : <tspan data-token={token.id}>{glyphs}</tspan>;
}

/** There is nothing else to be read, so they are as strong as letters. */
const isSpaces = ({text}: TokenText): boolean => text === "";
