import {useEffect, useState} from "react";
import type {Engine, Loaded} from "../engine.ts";
import type {View} from "../notebook.ts";

export type TokenCount =
  {readonly status: "waiting"} | {readonly status: "counted"; readonly tokens: number; readonly of: number};

/** What the trace in view says of a text that is its prompt; null where it says nothing of it. */
export function countIn(view: View | null, text: string): TokenCount | null {
  const event = view?.trace.find(({stage}) => stage === "tokenize");
  if (!view || event?.stage !== "tokenize" || event.text !== text) return null;
  return {status: "counted", tokens: event.tokenIds.length, of: view.config.maxPositions};
}

/** Shorter than a pause in typing that is noticed. */
const PAUSE_MS = 120;

/** How many tokens a text has, counted by the model's own tokenizer once it is there; the last count meanwhile. */
export function useTokenCount(engine: Engine, loaded: Loaded | null, text: string): TokenCount {
  const [count, setCount] = useState<{tokens: number; by: Loaded} | null>(null);
  useEffect(() => {
    if (!loaded) return;
    let gone = false;
    const timer = setTimeout(() => {
      engine.tokenize(text).then(
        ({tokenIds}) => gone || setCount({tokens: tokenIds.length, by: loaded}),
        () => undefined // what cannot be tokenized has its own sentence
      );
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [engine, loaded, text]);
  if (!loaded || count?.by !== loaded) return {status: "waiting"};
  return {status: "counted", tokens: count.tokens, of: loaded.load.config.maxPositions};
}
