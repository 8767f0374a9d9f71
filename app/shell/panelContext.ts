import type {FileProgress} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import type {TapMemory} from "./taps.ts";

/** What the reader chose to look at inside panels; one state, shared by all that show the same thing. */
export type Looks = {
  /** 0-based; null is the one in the middle. */
  readonly layer: number | null;
  readonly head: number | "all";
  /** How many merges of the tokenizer are shown; null shows all. */
  readonly mergeStep: number | null;
};

export const firstLooks: Looks = {layer: null, head: "all", mergeStep: null};

/** What the panels of one view share. */
export type PanelContext = {
  readonly view: View;
  readonly strings: Strings;
  readonly looks: Looks;
  readonly onLooks: (change: Partial<Looks>) => void;
  readonly taps: TapMemory;
  /** Events are coming in fast: nothing is asked for that would be out of view before it came. */
  readonly quiet: boolean;
  readonly progress: readonly FileProgress[];
};

/** A stage's panel at a width. */
export type StagePanelProps = {
  readonly context: PanelContext;
  readonly width: number;
  /** The stage at the cursor. */
  readonly now?: boolean;
};
