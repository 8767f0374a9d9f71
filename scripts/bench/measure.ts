import {defaultRequest, type BackendName, type Request} from "../../engine/index.ts";
import {byTurns, type Race} from "./byTurns.ts";
import type {Opened} from "./ground.ts";
import {tapCosts, type TapCost} from "./tapCost.ts";
import {Watch, type Clock} from "./watch.ts";

/** How much is measured. A run that only warms up is not counted, but for its first token. */
export type Plan = {
  readonly backend: BackendName;
  readonly tokens: number;
  readonly warmUps: number;
  readonly runs: number;
  readonly taps: {readonly length: number; readonly times: number};
};

/** What was measured, as plain data. */
export type Measurements = {
  readonly device: string;
  readonly loadMs: number;
  /** The first run of all: nothing was compiled yet. */
  readonly cold: Race;
  /** Greedy, without warpers. */
  readonly plain: readonly Race[];
  /** With the usual request's warpers and draw; the bare loop is as before. */
  readonly usual: readonly Race[];
  readonly taps: readonly TapCost[];
};

const PLAIN: Request = {...defaultRequest, strategy: {name: "greedy"}, warpers: [], stopStrings: []};

export async function measure(
  {model, ground, loadMs}: Opened,
  plan: Plan,
  wall: Clock,
  processor: Clock | null
): Promise<Measurements> {
  const {tokens, warmUps, runs, taps} = plan;
  const watch = new Watch(ground.session, wall, processor);
  const race = (request: Request) =>
    byTurns(ground, model, watch, {...request, maxNewTokens: tokens, backend: plan.backend});
  const races = async (request: Request) => {
    for (let i = 1; i < warmUps; ++i) await race(request);
    const made: Race[] = [];
    for (let i = 0; i < runs; ++i) made.push(await race(request));
    return made;
  };
  const cold = await race(PLAIN);
  const plain = await races(PLAIN);
  const usual = await races(defaultRequest);
  const {device} = model.decoder.backend;
  return {device, loadMs, cold, plain, usual, taps: await tapCosts(model, watch, taps.length, taps.times)};
}
