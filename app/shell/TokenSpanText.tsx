import {Token} from "../draw/Token.tsx";
import {textShown} from "../draw/tokenText.ts";

/** A piece of text drawn as tokens are: monospace, spaces and new lines visible. */
export const TokenSpanText = ({text}: {readonly text: string}) => <Token token={textShown(text)} />;
