import {generate, type LoadEvent, type Request, type TraceEvent} from "../../engine/index.ts";
import type {LoadedModel} from "../../engine/runtime/loadModel.ts";
import {bareLoop, type Ground} from "./bareLoop.ts";
import type {Timed, Watch} from "./watch.ts";

/** One token of each loop, at the same place of the same text. */
export type Turn = {
  /** Positions before it. */
  readonly context: number;
  readonly engine: Timed;
  readonly bare: Timed;
};

/** A text written twice, token by token by turns. */
export type Race = {
  /** The whole prompt in one pass, and the token after it. */
  readonly first: Turn;
  readonly turns: readonly Turn[];
  /** Whether both wrote the same: without warpers both take the largest logit. */
  readonly isSame: boolean;
};

/**
 * The engine and the bare loop over one session. Neither stops at an end of the text.
 *
 * @param request its warpers act in the engine alone
 */
export async function byTurns(
  ground: Ground,
  {decoder, tokenizer, load}: LoadedModel,
  watch: Watch,
  request: Request
): Promise<Race> {
  const endless: LoadEvent = {...load, config: {...load.config, eosTokenIds: []}};
  Object.assign(decoder, {config: endless.config});
  const prompt = tokenizer.encode(request.prompt).tokenIds;
  const events = generate({request, decoder, tokenizer, load: endless});
  const loop = bareLoop(ground, prompt);
  await events.next(); // how the model was loaded
  const written: {engine: number[]; bare: number[]} = {engine: [], bare: []};
  const engine = () => watch.time(async () => written.engine.push(await nextToken(events)));
  const bare = () => watch.time(async () => written.bare.push((await loop.next()).value as number));
  const turns: Turn[] = [];
  for (let i = 0; i < request.maxNewTokens - 1; ++i) {
    const context = i === 0 ? 0 : prompt.length + i - 1;
    if (i % 2 === 0) turns.push({context, engine: await engine(), bare: await bare()});
    else turns.push({context, bare: await bare(), engine: await engine()});
  }
  await events.return();
  await loop.return(0);
  const isSame = written.engine.every((id, i) => id === written.bare[i]);
  return {first: turns[0]!, turns: turns.slice(1), isSame};
}

/** Everything of one token: from after the last one was shown until this one is. */
async function nextToken(events: AsyncGenerator<TraceEvent, void>): Promise<number> {
  let id: number | null = null;
  for (;;) {
    const {value} = await events.next();
    if (!value || value.stage === "stop") throw new Error(`the run ended early: ${value?.message ?? "?"}`);
    if (value.stage === "append") id = value.tokenId;
    if (value.stage === "detokenize") return id!;
  }
}
