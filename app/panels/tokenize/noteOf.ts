import type {PreToken} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";

/** An added token, or a vocabulary that takes whole words, leaves no symbols to match the tokens with. */
export const isWhole = ({bytes, merges}: PreToken, tokens: number): boolean =>
  bytes.length - merges.length !== tokens;

/** Why nothing was merged; null where the last merge's rank stands instead, or nothing. */
export function noteOf(preToken: PreToken, tokens: number, strings: Strings["tokenize"]): string | null {
  const {added, bytes, merges} = preToken;
  const whole = isWhole(preToken, tokens);
  if (!whole && merges.length > 0) return null;
  if (added) return strings.whole;
  if (whole) return strings.inVocabulary;
  return bytes.length === 1 ? strings.single : strings.noPair;
}
