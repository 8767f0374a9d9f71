import {
  SequenceNormalizer,
  SequencePostProcessor,
  SequencePreTokenizer,
  type Normalizer,
  type PostProcessor,
  type PreTokenizer
} from "@huggingface/tokenizers";
import type {StageJson, TokenizerFile} from "./readTokenizerJson.ts";
import {unsupported} from "./tokenizerJsonProblem.ts";

/** The library's stages before and after merging; null where the file has none. */
export type LibraryStages = {
  readonly normalizer: Normalizer | null;
  readonly preTokenizer: PreTokenizer | null;
  readonly postProcessor: PostProcessor | null;
};

type NormalizerJson = ConstructorParameters<typeof SequenceNormalizer>[0]["normalizers"][number];
type PreTokenizerJson = ConstructorParameters<typeof SequencePreTokenizer>[0]["pretokenizers"][number];
type PostProcessorJson = ConstructorParameters<typeof SequencePostProcessor>[0]["processors"][number];

/**
 * The library exports a class a stage; of these only a Sequence makes a stage of any type from its JSON.
 *
 * @throws ModelError for a stage that the library does not know or cannot read
 */
export function makeStages({normalizer, preTokenizer, postProcessor}: TokenizerFile): LibraryStages {
  return {
    normalizer: make(normalizer, (json: NormalizerJson) => {
      return new SequenceNormalizer({type: "Sequence", normalizers: [json]});
    }),
    preTokenizer: make(preTokenizer, (json: PreTokenizerJson) => {
      return new SequencePreTokenizer({type: "Sequence", pretokenizers: [json]});
    }),
    postProcessor: make(postProcessor, (json: PostProcessorJson) => {
      return new SequencePostProcessor({type: "Sequence", processors: [json]});
    })
  };
}

function make<Json, Stage>(json: StageJson, sequenceOf: (json: Json) => Stage): Stage | null {
  if (json === null) return null;
  try {
    return sequenceOf(json as Json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unsupported(`a stage that cannot be used (${reason})`);
  }
}
