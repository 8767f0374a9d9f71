import type {Tap, TokenId} from "../../engine/index.ts";
import type {EngineState, FileProgress} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Looks} from "../looks.ts";
import type {View} from "../notebook.ts";
import type {Ways} from "../panels/stop/waysOn.ts";
import type {InsideMemory} from "./inside.ts";

export {firstLooks, type Looks} from "../looks.ts";

/** What the panels of one view share. */
export type PanelContext = {
  readonly view: View;
  readonly strings: Strings;
  readonly looks: Looks;
  readonly onLooks: (change: Partial<Looks>) => void;
  readonly inside: InsideMemory;
  /** Positions in the cache that the branch in view shares with its parent; 0 for a run. */
  readonly shared: number;
  /** Puts a token in place of the one that the step at the cursor picks. */
  readonly onForce?: (id: TokenId) => void;
  /** What can be done where an error ended the run. */
  readonly ways?: Ways;
  /** One weight of the model, by its name. */
  readonly matrix?: (name: string) => Promise<Tap>;
  /** Events are coming in fast: nothing is asked for that would be out of view before it came. */
  readonly quiet: boolean;
  readonly progress: readonly FileProgress[];
  /** The trace in view was recorded, and its passes cannot be looked into yet: how the model stands. */
  readonly recorded?: EngineState["status"] | null;
};

/** A stage's panel at a width. */
export type StagePanelProps = {
  readonly context: PanelContext;
  readonly width: number;
  /** The height there is, in px, where a page does not scroll: figures that can be lower or higher keep to it. */
  readonly height?: number;
  /** The stage at the cursor. */
  readonly now?: boolean;
};
