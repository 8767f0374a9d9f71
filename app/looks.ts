/** What of a pass can be opened below the now box. */
export const insideNames = ["cache", "attention", "lens", "residual", "tap"] as const;
export type Inside = (typeof insideNames)[number];

/** A tokenizer trained on a text of the reader's own. */
export type Training = {
  /** Null: the example. */
  readonly text: string | null;
  /** How many merges are done; null: all. */
  readonly step: number | null;
};

/** What the reader chose to look at inside panels; one state, shared by all that show the same thing. */
export type Looks = {
  /** 0-based; null is the one in the middle. */
  readonly layer: number | null;
  readonly head: number | "all";
  /** How many merges of the tokenizer are shown; null shows all. */
  readonly mergeStep: number | null;
  /** Null: not opened. */
  readonly training: Training | null;
  /** In the order of `insideNames`. */
  readonly inside: readonly Inside[];
  /** Name of the tap that is open; null is the first. */
  readonly tap: string | null;
  /** Name of the weight that is open. */
  readonly matrix: string | null;
};

export const firstLooks: Looks = {
  layer: null,
  head: "all",
  mergeStep: null,
  training: null,
  inside: ["cache", "attention"],
  tap: null,
  matrix: null
};

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
