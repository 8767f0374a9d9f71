import {expect, it} from "vitest";
import {defaultRequest, InvalidRequest, printWarpers, strategyNames, warper} from "../../engine/index.ts";
import {optionOf} from "../../scripts/trace/commandLine.ts";
import {HELP} from "../../scripts/trace/help.ts";
import {readOptions} from "../../scripts/trace/options.ts";

const requestOf = (...args: readonly string[]) => readOptions(["Once", ...args])!.request;

it("reads every option", () => {
  const line = [
    "Once upon a time --max-new-tokens=20 --max-length=64 --seed=9 --temperature=0.8 --top-k=40 --top-p=0.95",
    "--repetition-penalty=1.1 --strategy=multinomial --stop=. --stop=! --no-cache --backend=wasm --json",
    "--no-arrays --taps=hook_embed,blocks.0.attn.hook_pattern --model=models/other"
  ].join(" ");
  const [prompt, ...args] = line.split(/ (?=--)/);
  const options = readOptions([prompt!, ...args.flatMap((arg) => arg.split("="))]);
  expect(options).toEqual({
    request: {
      ...defaultRequest,
      prompt: "Once upon a time",
      model: "models/other",
      seed: 9,
      warpers: [
        warper("repetitionPenalty", 1.1),
        warper("temperature", 0.8),
        warper("topK", 40),
        warper("topP", 0.95)
      ],
      strategy: {name: "multinomial"},
      maxNewTokens: 20,
      maxLength: 64,
      stopStrings: [".", "!"],
      cache: false,
      backend: "wasm"
    },
    folder: "models/other",
    draft: null,
    json: true,
    arrays: false,
    taps: ["hook_embed", "blocks.0.attn.hook_pattern"],
    notes: []
  });
});

it("puts single warpers in Hugging Face's order, whatever the order they are written in", () => {
  const {warpers} = requestOf("--top-p", "0.9", "--temperature", "0.7", "--repetition-penalty", "1.2");
  expect(printWarpers(warpers)).toBe("repetitionPenalty=1.2,temperature=0.7,topP=0.9");
});

it("keeps the order of a chain", () => {
  const chain = "repetitionPenalty=1.1,topP=0.9,temperature=0.7";
  expect(printWarpers(requestOf("--warpers", chain).warpers)).toBe(chain);
  expect(requestOf("--warpers", "").warpers).toEqual([]);
});

it("reads a strategy's parameters; those not given are as usual", () => {
  const args = "--strategy beam --num-beams 3 --length-penalty 0.6 --early-stopping never".split(" ");
  expect(requestOf(...args).strategy).toEqual({
    name: "beam",
    params: {numBeams: 3, lengthPenalty: 0.6, earlyStopping: "never", numReturnSequences: 1}
  });
});

it("draws where something is asked for that acts only on drawing, and is greedy otherwise", () => {
  expect(requestOf().strategy.name).toBe("greedy");
  expect(requestOf("--repetition-penalty", "1.2").strategy.name).toBe("greedy");
  expect(requestOf("--seed", "1").strategy.name).toBe("multinomial");
  expect(requestOf("--top-k", "5").strategy.name).toBe("multinomial");
  expect(requestOf("--warpers", "topP=0.5").strategy.name).toBe("multinomial");
  expect(requestOf("--top-k", "5", "--strategy", "greedy").strategy.name).toBe("greedy");
});

it("takes a prompt or a value that begins with a dash where it is said to be one", () => {
  expect(readOptions(["--", "--seed"])!.request.prompt).toBe("--seed");
  expect(requestOf("--stop=--json").stopStrings).toEqual(["--json"]);
  expect(requestOf("--stop", "-").stopStrings).toEqual(["-"]);
});

it("is asked for help", () => {
  expect(readOptions(["--help"])).toBeNull();
  expect(HELP).toContain("--repetition-penalty NUMBER");
});

it.each([
  [[], "one prompt is needed, in quotes, got 0; try --help"],
  [["Once", "upon"], "one prompt is needed, in quotes, got 2; try --help"],
  [[""], "the prompt is empty; write at least one character"],
  [["half \ud83d"], "the prompt has half a character at place 6"],
  [["a", "--seeed", "1"], "unknown option --seeed; known are --max-new-tokens, "],
  [["a", "-s", "1"], "unknown option -s; known are "],
  [["a", "--seed"], "--seed needs a value: --seed=VALUE"],
  [["a", "--seed", "--json"], "--seed needs a value: --seed=VALUE"],
  [["a", "--seed", "1", "--seed", "2"], "--seed is given twice; give it once"],
  [["a", "--seed", "1.5"], '--seed must be a whole number from 0 to 4294967295, got "1.5"'],
  [["a", "--seed="], '--seed must be a whole number from 0 to 4294967295, got ""'],
  [["a", "--max-new-tokens", "0"], '--max-new-tokens must be a whole number from 1 to 100000, got "0"'],
  [["a", "--max-length", "-3"], '--max-length must be a whole number from 1 to 1000000, got "-3"'],
  [["a", "--temperature", "0"], '--temperature must be a number above 0, at most 100, got "0"; for greedy'],
  [["a", "--temperature", "NaN"], '--temperature must be a number above 0, at most 100, got "NaN"'],
  [["a", "--top-p", "1.01"], '--top-p must be a number above 0, at most 1, got "1.01"'],
  [["a", "--top-p", "0,9"], '--top-p must be a number above 0, at most 1, got "0,9"'],
  [["a", "--top-k", "many"], '--top-k must be a whole number from 1 to 1000000, got "many"'],
  [["a", "--top-k", "4:5"], '--top-k: topK ties must be one of all, exactly, got "5"'],
  [["a", "--repetition-penalty", "-1"], "--repetition-penalty must be a number above 0, at most 100, got "],
  [["a", "--warpers", "topQ=1"], '--warpers: unknown warper "topQ"; known are logitBias, repetitionPenalty'],
  [["a", "--warpers", "topP=2"], "--warpers: topP p must be a number above 0, at most 1, got 2"],
  [["a", "--warpers", "topP=0.9", "--top-k", "4"], "--warpers sets the whole chain, so --top-k cannot stand"],
  [
    ["a", "--strategy", "best"],
    `--strategy must be one of ${strategyNames.map(optionOf).join(", ")}, got "best"`
  ],
  [["a", "--draft", "public/model/draft"], "--draft names a model that drafts; greedy needs none"],
  [["a", "--num-beams", "4"], "--num-beams belongs to --strategy beam"],
  [
    ["a", "--strategy", "beam", "--num-beams", "40"],
    '--num-beams must be a whole number from 1 to 16, got "40"'
  ],
  [
    ["a", "--strategy", "beam", "--early-stopping", "soon"],
    '--early-stopping must be one of false, true, never, got "soon"'
  ],
  [
    ["a", "--strategy", "beam", "--num-return-sequences", "9"],
    "numReturnSequences must be at most numBeams, 4, got 9"
  ],
  [["a", "--backend", "cuda"], '--backend must be one of auto, wasm, webgpu, got "cuda"'],
  [
    ["a", "--backend", "webgpu"],
    "--backend webgpu needs a browser, and this is Node; auto and wasm run here"
  ],
  [["a", "--json=yes"], '--json takes no value, got "yes"'],
  [["a", "--stop", ""], "a stop string is empty"],
  [["a", "--taps", "hook_embed,"], "--taps needs names, with commas between them"]
])("%j is refused in one line", (args, message) => {
  expect(() => readOptions(args)).toThrow(InvalidRequest);
  expect(() => readOptions(args)).toThrow(message);
  expect(() => readOptions(args)).not.toThrow(/\n/);
});

it("takes lists and further values of a warper", () => {
  const chain = (...args: readonly string[]) => printWarpers(requestOf(...args).warpers);
  expect(chain("--suppress-tokens", "5 17")).toBe("suppressTokens=5 17");
  expect(chain("--logit-bias=5:2.5 17:-1")).toBe("logitBias=5:2.5 17:-1");
  expect(chain("--top-k", "40:exactly", "--repetition-penalty=1.1:last:32")).toBe(
    "repetitionPenalty=1.1:last:32,topK=40:exactly"
  );
  expect(chain("--min-p", "0.05", "--no-repeat-ngram=3")).toBe("noRepeatNgram=3,minP=0.05");
});

it("puts a chain into an engine's order and rules, and says what that engine leaves out", () => {
  const of = (...args: readonly string[]) => readOptions(["a", ...args])!;
  const usual = ["--temperature=0.8", "--top-k=40", "--top-p=0.9"];
  const llama = of(...usual, "--preset", "llama.cpp");
  expect(printWarpers(llama.request.warpers)).toBe("topK=40:exactly,topP=0.9:descending,temperature=0.8");
  expect(llama.notes).toEqual([]);
  const js = of("--warpers", "topP=0.9,minP=0.1", "--preset=transformers.js");
  expect(js.request.warpers).toEqual([]);
  expect(js.request.strategy.name).toBe("multinomial");
  expect(js.notes).toEqual([
    "transformers.js takes topP and does nothing with it, without a word: it is left out",
    "transformers.js has no minP: it is left out"
  ]);
  expect(() => of("--preset=ollama")).toThrow("--preset must be one of HF, vLLM, llama.cpp,");
});
