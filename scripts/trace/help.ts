import {
  defaultRequest,
  describeRange,
  presetNames,
  strategies,
  strategyNames,
  warperNames,
  warpers,
  type Strategy,
  type StrategyName,
  type WarperName
} from "../../engine/index.ts";
import {firstParameter, optionOf} from "./commandLine.ts";

/** What --help prints. */
export const HELP = `Generates text from a prompt and shows every step on the way.

  npm run --silent trace -- "Once upon a time" [options]

What is drawn from
  --strategy NAME             ${strategyNames.map(optionOf).join(", ")}. Left out: multinomial where a seed or a warper that acts
                              only on drawing is given, else greedy
${strategyNames.flatMap(strategyHelp).join("\n")}
  --seed NUMBER               of the coins (${defaultRequest.seed})
${warperNames.map(warperHelp).join("\n")}
  --warpers CHAIN             instead of those above, which apply in the order listed: warpers in an order of your
                              own, "repetitionPenalty=1.1,topP=0.9,temperature=0.7"
  --preset ENGINE             order and rules of ${presetNames.join(", ")};
                              says what of the above that engine would not apply

When it ends (besides at the end-of-sequence token and at the end of the decoder's context)
  --max-new-tokens NUMBER     after so many tokens (${defaultRequest.maxNewTokens})
  --max-length NUMBER         at so many tokens, prompt and completion together
  --stop TEXT                 when this text appears; may be given several times

How it runs
  --no-cache                  without a KV cache: every pass reads the whole sequence again
  --backend NAME              auto or wasm (webgpu needs a browser)
  --draft DIR                 the model that drafts, for strategies that need one; left out: the folder "draft" in
                              the model's own
  --model DIR                 another folder with config.json, tokenizer.json and onnx/model.onnx

What is printed
  --json                      one event a line, with the arrays over the vocabulary: \`logits\` on passes, \`after\` on
                              warps, \`probabilities\` on samples
  --no-arrays                 with --json: leaves those out
  --taps NAME,NAME            adds tensors of the network to the passes, blocks.0.attn.hook_pattern for one
  --help                      this text

The exit status is 0 where a run ended by one of its rules, 1 where it failed, 2 where it could not begin.`;

/** What a strategy takes, one option a line. */
function strategyHelp(name: StrategyName): readonly string[] {
  const {parameters}: Strategy = strategies[name];
  return Object.entries(parameters).map(([key, parameter]) => {
    const [value, allowed] =
      parameter.kind === "number"
        ? ["NUMBER", describeRange(parameter)]
        : ["NAME", parameter.options.join(", ")];
    return `  ${`--${optionOf(key)} ${value}`.padEnd(27)} with --strategy ${optionOf(name)}: ${allowed} (${parameter.default})`;
  });
}

function warperHelp(name: WarperName): string {
  const parameter = firstParameter(name);
  const [value, allowed] =
    parameter.kind === "number"
      ? ["NUMBER", describeRange(parameter)]
      : parameter.kind === "biases"
        ? ["LIST", '"5:2.5 17:-1": token ids and what is added to their logits']
        : ["LIST", '"5 17": token ids'];
  return `  ${`--${optionOf(name)} ${value}`.padEnd(27)} ${allowed}${furtherValues(name)}`;
}

/** "; then :all|output|last :64": the parameters that may follow after ":". */
function furtherValues(name: WarperName): string {
  const further = Object.entries(warpers[name].parameters).slice(1);
  const written = further.map(([key, parameter]) =>
    parameter.kind === "choice" ? parameter.options.join("|") : key
  );
  return written.length === 0 ? "" : `; then ${written.map((value) => `:${value}`).join("")}`;
}
