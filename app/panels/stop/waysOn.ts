/** What a reader can do after an error: load the model again, leave the GPU, write less, choose other settings. */
export type Way = "again" | "wasm" | "prompt" | "settings";
/** Those that there are here. */
export type Ways = {readonly [W in Way]?: () => void};

const DEVICE: readonly Way[] = ["again", "wasm"];

/** By the name that a stop event gives an error; the one to try first stands first. */
const WAYS: Readonly<Record<string, readonly Way[]>> = {
  "device-lost": DEVICE,
  "device-failed": DEVICE,
  "pass-failed": DEVICE,
  "out-of-memory": ["again", "wasm", "prompt"],
  NonFiniteLogits: ["wasm", "again", "settings"],
  "worker-crashed": DEVICE
};

/** What helps against an error, of any name. */
export const waysFrom = (error: string): readonly Way[] =>
  (Object.hasOwn(WAYS, error) ? WAYS[error] : undefined) ?? ["again"];
