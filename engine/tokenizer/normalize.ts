import {
  PrependNormalizer,
  SequenceNormalizer,
  StripNormalizer,
  type Normalizer
} from "@huggingface/tokenizers";
import {prependAligned, rewriteAligned, trimAligned, type AlignedText} from "./alignedText.ts";

/** Applies a normalizer of the library, keeping what each character was made from. */
export function normalize(normalizer: Normalizer | null, source: AlignedText): AlignedText {
  if (normalizer === null) return source;
  if (normalizer instanceof SequenceNormalizer)
    return normalizer.normalizers.reduce((text, step) => normalize(step, text), source);
  if (normalizer instanceof StripNormalizer) return trimAligned(source, normalizer.normalize(source.text));
  if (normalizer instanceof PrependNormalizer) return prependAligned(source, normalizer.config.prepend);
  return rewriteAligned(source, (text) => normalizer.normalize(text));
}
