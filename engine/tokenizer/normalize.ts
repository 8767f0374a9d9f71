import {
  PrependNormalizer,
  SequenceNormalizer,
  StripNormalizer,
  type Normalizer
} from "@huggingface/tokenizers";
import {prependAligned, rewriteAligned, sliceAligned, type AlignedText} from "./alignedText.ts";

/** Applies a normalizer of the library, keeping what each character was made from. */
export function normalize(normalizer: Normalizer | null, source: AlignedText): AlignedText {
  if (normalizer === null) return source;
  if (normalizer instanceof SequenceNormalizer)
    return normalizer.normalizers.reduce((text, step) => normalize(step, text), source);
  if (normalizer instanceof StripNormalizer) return strip(normalizer, source);
  if (normalizer instanceof PrependNormalizer) return prependAligned(source, normalizer.config.prepend);
  return rewriteAligned(source, (text) => normalizer.normalize(text));
}

/** What is left begins at its first character that is no white space, so its first occurrence is the place. */
function strip(normalizer: StripNormalizer, source: AlignedText): AlignedText {
  const left = normalizer.normalize(source.text);
  const at = source.text.indexOf(left);
  return sliceAligned(source, at, at + left.length);
}
