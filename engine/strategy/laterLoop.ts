import type {Strategy} from "./strategy.ts";

/** The loop of a strategy that a first visit does not use: its code is read when it is first run. */
export const laterLoop = (read: () => Promise<Pick<Strategy, "run">>): Strategy["run"] =>
  async function* (context) {
    const {run} = await read();
    return yield* run(context);
  };
