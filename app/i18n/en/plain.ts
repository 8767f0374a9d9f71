import type {Stage, StrategyName} from "../../../engine/index.ts";

/** What is told of a stage besides its name. */
export type PlainStage = {
  readonly stage: Stage;
  readonly strategy: StrategyName;
  readonly cache: boolean;
  /** The pass over the prompt. */
  readonly isPrompt: boolean;
  /** Of the smaller decoder that a strategy reads beside the run's own. */
  readonly isSmall: boolean;
};

const said: Readonly<Record<Stage, string>> = {
  load: "the numbers that the model learned are read, once",
  tokenize: "the text is cut into pieces that the model knows: tokens",
  transfer: "the tokens’ numbers are handed to the model",
  prefill: "the model reads the whole prompt at once",
  decode: "the model reads the newest token; the cache keeps what it made of the others",
  fetch: "one score comes back for every token that the model knows",
  warp: "the scores become chances, and the settings change them",
  sample: "a random number picks the next token",
  expand: "the most probable texts so far are followed, the others given up",
  contrast: "of the probable tokens, one that repeats little is picked",
  propose: "a quick draft guesses the next tokens",
  verify: "the model reads all guesses at once, and keeps those that it bears out",
  lookahead: "several tokens are guessed ahead, and tested in one pass",
  oppose: "the token wins that the model likes far more than a weaker reader does",
  append: "the picked token joins the text; the model reads it next",
  detokenize: "tokens become letters again",
  stop: "generation ends here"
};

/** One sentence for somebody who has never heard the stage's name. */
export function plain({stage, strategy, cache, isPrompt, isSmall}: PlainStage): string {
  if (stage === "sample" && strategy === "greedy") return "the most probable token is picked";
  if (isSmall && (stage === "prefill" || stage === "decode"))
    return "a smaller, quicker model reads the text first";
  if (stage === "lookahead" && isPrompt)
    return "the most probable token is picked; guessing ahead begins with the next pass";
  if (stage === "decode" && !cache) return "the model reads the whole text again: nothing was kept";
  return said[stage];
}
