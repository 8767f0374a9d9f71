import {
  defaultRequest,
  generate,
  warper,
  type Decoder,
  type LoadEvent,
  type Request,
  type Tokenizer
} from "../../engine/index.ts";
import {median} from "../bench/statistics.ts";

type Model = {readonly decoder: Decoder; readonly tokenizer: Tokenizer; readonly load: LoadEvent};

const STORY: Request = {
  ...defaultRequest,
  prompt: "Once upon a time",
  strategy: {name: "multinomial"},
  warpers: [warper("temperature", 0.8)],
  maxNewTokens: 450
};

/** How many of the stories with seeds 0, 1, 2, ... end with an end-of-sequence token of their own. */
export async function countEnded(
  model: Model,
  stories: number,
  say: (line: string) => void
): Promise<number> {
  let ended = 0;
  for (let seed = 0; seed < stories; ++seed) {
    for await (const event of generate({...model, request: {...STORY, seed}}))
      if (event.stage === "stop" && event.reason === "eos") ++ended;
    if ((seed + 1) % 20 === 0) say(`  ${ended} of ${seed + 1} stories ended by themselves`);
  }
  return ended;
}

/** Milliseconds a token of the generation phase: its pass and all around it, the median over `count` of them. */
export async function timeTokens(model: Model, count = 200): Promise<number> {
  const ms: number[] = [];
  for (let seed = 0; ms.length < count; ++seed) {
    let started: number | null = null;
    for await (const event of generate({...model, request: {...STORY, seed}})) {
      if (event.stage !== "detokenize") continue;
      const now = performance.now();
      if (started !== null) ms.push(now - started);
      started = now;
    }
  }
  return median(ms);
}
