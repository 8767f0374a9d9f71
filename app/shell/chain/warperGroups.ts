import type {WarperName} from "../../../engine/index.ts";

/** What warpers are for: to reshape the distribution, to cut it off, to hold back what was said, to forbid or favour. */
export type WarperGroup = "shape" | "cut" | "repeat" | "name";

const groupOf: Readonly<Record<WarperName, WarperGroup>> = {
  temperature: "shape",
  dynamicTemperature: "shape",
  topK: "cut",
  topP: "cut",
  minP: "cut",
  typicalP: "cut",
  epsilon: "cut",
  eta: "cut",
  topNSigma: "cut",
  xtc: "cut",
  mirostatV2: "cut",
  repetitionPenalty: "repeat",
  frequencyPenalty: "repeat",
  presencePenalty: "repeat",
  noRepeatNgram: "repeat",
  dry: "repeat",
  logitBias: "name",
  suppressTokens: "name",
  minNewTokens: "name"
};

const GROUPS = ["shape", "cut", "repeat", "name"] as const satisfies readonly WarperGroup[];

/** The groups in the order of the menu, each with its warpers. */
export const warperGroups = GROUPS.map((group) => ({
  group,
  names: (Object.keys(groupOf) as WarperName[]).filter((name) => groupOf[name] === group)
}));
