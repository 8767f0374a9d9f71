import type {AddedToken} from "@huggingface/tokenizers";
import {splitAddedTokens, type AddedTokens, type Section} from "./addedTokens.ts";
import {alignedPrompt, type AlignedText} from "./alignedText.ts";
import {placeTokens, type PlacedPreToken, type PlacedToken} from "./placeTokens.ts";
import type {ModelFile} from "./readModel.ts";
import type {PreToken, Tokenization, TokenSpan} from "./tokenizer.ts";
import {encodeUtf8} from "./utf8.ts";
import {tokenId, type TokenId} from "./vocabulary.ts";

/** Everything that turns text into ids, in the order of use. */
export type Encoder = {
  readonly added: AddedTokens;
  readonly normalize: (source: AlignedText) => AlignedText;
  /** @param sectionIndex  which part of the prompt this is, counted between added tokens */
  readonly preTokenize: (source: AlignedText, sectionIndex: number) => readonly AlignedText[];
  readonly model: ModelFile;
  /** Id by token: the vocabulary's and the added tokens'. */
  readonly ids: ReadonlyMap<string, number>;
  /** What the post-processor makes of a prompt: the special tokens it adds, and "prompt" for the prompt's own. */
  readonly template: readonly (TokenId | "prompt")[];
};

/** text -> pre-tokens -> merges -> ids, every step kept. */
export function encode(encoder: Encoder, text: string): Tokenization {
  const placed = placeAll(encoder, text);
  const preTokens = placed.map((preToken) => withIds(encoder, preToken));
  const spans = spansOf(placed.flatMap((preToken) => preToken.placed));
  const ids = preTokens.flatMap(({tokenIds}) => tokenIds);
  return {text, preTokens, ...fillTemplate(encoder.template, ids, spans)};
}

/** Added tokens are looked for twice, before and after normalizing; what lies between them goes to the model. */
function placeAll(encoder: Encoder, text: string): PlacedPreToken[] {
  const {added} = encoder;
  const split = (source: AlignedText, pattern: RegExp | null) =>
    splitAddedTokens(source, pattern, added.byContent);
  return split(alignedPrompt(text), added.beforeNormalizing).flatMap((section, index) => {
    if (section.added) return [takeWhole(section, section.added)];
    return split(encoder.normalize(section.source), added.afterNormalizing).flatMap((part) =>
      part.added ? [takeWhole(part, part.added)] : placeText(encoder, part.source, index)
    );
  });
}

function takeWhole({range}: Section, {content}: AddedToken): PlacedPreToken {
  const bytes = [...encodeUtf8(content)];
  const preToken = {text: content, range, added: true, bytes, symbols: [], merges: []};
  return {preToken, placed: [{token: content, range}]};
}

const placeText = ({preTokenize, model, ids}: Encoder, source: AlignedText, sectionIndex: number) =>
  placeTokens(preTokenize(source, sectionIndex), model, ids);

function withIds({added, ids}: Encoder, {preToken, placed}: PlacedPreToken): PreToken {
  const tokenIds: TokenId[] = [];
  for (const {token} of placed) {
    if (token !== null) tokenIds.push(tokenId(added.byContent.get(token)?.id ?? ids.get(token)!));
  }
  return {...preToken, tokenIds};
}

/** A token is partial where a neighbour stands for one of its characters too. */
function spansOf(placed: readonly PlacedToken[]): TokenSpan[] {
  const spans: TokenSpan[] = [];
  for (const [i, {token, range}] of placed.entries()) {
    const {from, to} = range;
    const shares = (placed[i - 1]?.range.to ?? 0) > from || (placed[i + 1]?.range.from ?? Infinity) < to;
    if (token !== null) spans.push({from, to, partial: shares});
  }
  return spans;
}

function fillTemplate(
  template: Encoder["template"],
  promptIds: readonly TokenId[],
  promptSpans: readonly TokenSpan[]
): Pick<Tokenization, "tokenIds" | "offsets"> {
  let at = 0;
  const offsets = template.flatMap((item) => {
    const spans = item === "prompt" ? promptSpans : [{from: at, to: at, partial: false}];
    at = spans.at(-1)?.to ?? at;
    return spans;
  });
  return {tokenIds: template.flatMap((item) => (item === "prompt" ? promptIds : [item])), offsets};
}
