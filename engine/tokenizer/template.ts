import type {PostProcessor} from "@huggingface/tokenizers";
import {tokenId, type TokenId} from "./vocabulary.ts";
import {corrupt} from "./tokenizerJsonProblem.ts";

/** No vocabulary has this token, so it can be found again in what a post-processor returns. */
const PROMPT = "\u0000the prompt's own tokens\u0000";

/**
 * What a post-processor puts around a prompt: "prompt" where the prompt's own tokens go. All that the library knows
 * (TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel) treat the prompt as one.
 *
 * @throws ModelError where it adds a token that is not in the vocabulary, or cannot be read
 */
export function templateOf(
  processor: PostProcessor | null,
  ids: ReadonlyMap<string, number>
): readonly (TokenId | "prompt")[] {
  if (processor === null) return ["prompt"];
  return process(processor).map((token) => {
    if (token === PROMPT) return "prompt";
    const id = ids.get(token);
    return id === undefined
      ? corrupt(`the post-processor adds ${JSON.stringify(token)}, which is not in the vocabulary`)
      : tokenId(id);
  });
}

function process(processor: PostProcessor): string[] {
  try {
    return processor.post_process([PROMPT], null, true).tokens;
  } catch (error) {
    return corrupt(
      `its post_processor cannot be read (${error instanceof Error ? error.message : String(error)})`
    );
  }
}
