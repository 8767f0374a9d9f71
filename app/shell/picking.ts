import type {Stage} from "../../engine/index.ts";

/** The stages in which a strategy decides how the text goes on. */
export const pickingStages: readonly Stage[] = ["sample", "expand"];
