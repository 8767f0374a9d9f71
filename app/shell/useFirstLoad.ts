import {useEffect} from "react";
import type {Engine} from "../engine.ts";
import {sleep} from "./pulling.ts";

type First = {
  readonly model: string;
  readonly backend: Parameters<Engine["load"]>[0]["backend"];
  /** Nothing was run here yet, so nothing else asks for the model. */
  readonly isDue: boolean;
  /** Brings what is shown meanwhile, which then comes first over the network; null for nothing. */
  readonly before: (() => Promise<unknown>) | null;
};

/** So long the model waits for what is shown meanwhile. */
const LONGEST_MS = 10_000;

/** Loads the model that the fields name, before the reader begins. */
export function useFirstLoad(engine: Engine, {model, backend, isDue, before}: First): void {
  useEffect(() => {
    if (!isDue) return;
    let gone = false;
    const load = () => {
      if (!gone) engine.load({model, backend}).catch(() => undefined); // the engine's state says what is wrong
    };
    if (before) void Promise.race([before(), sleep(LONGEST_MS)]).then(load);
    else load();
    return () => {
      gone = true;
    };
  }, [engine, model, backend, isDue, before]);
}
