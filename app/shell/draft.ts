import {
  defaultRequest,
  printRequest,
  warper,
  warperNames,
  type Request,
  type WarperName,
  type WarperSpec
} from "../../engine/index.ts";

/** The value a warper gets when it is put into a chain; a list begins empty. */
const USUAL: Readonly<Partial<Record<WarperName, WarperSpec>>> = {
  repetitionPenalty: warper("repetitionPenalty", 1.1),
  frequencyPenalty: warper("frequencyPenalty", 0.5),
  presencePenalty: warper("presencePenalty", 0.5),
  noRepeatNgram: warper("noRepeatNgram", 3),
  minNewTokens: warper("minNewTokens", 10),
  temperature: warper("temperature", 0.8),
  topK: warper("topK", 40),
  topP: warper("topP", 0.95),
  minP: warper("minP", 0.05),
  typicalP: warper("typicalP", 0.9),
  dry: warper("dry", 0.8),
  dynamicTemperature: warper("dynamicTemperature", {min: 0.5, max: 1.5}),
  topNSigma: warper("topNSigma", 1),
  epsilon: warper("epsilon", 0.001),
  eta: warper("eta", 0.002),
  xtc: warper("xtc", 0.5)
};

/** Puts a warper at its place in the usual order, leaving the order of the others as it is. */
export function withWarper(request: Request, name: WarperName, spec: WarperSpec = usual(name)): Request {
  const {warpers} = request;
  if (warpers.some((w) => w.name === name))
    return {...request, warpers: warpers.map((w) => (w.name === name ? spec : w))};
  const rank = warperNames.indexOf(name);
  const at = warpers.findIndex((w) => warperNames.indexOf(w.name) > rank);
  return {...request, warpers: warpers.toSpliced(at < 0 ? warpers.length : at, 0, spec)};
}

export const withoutWarper = (request: Request, name: WarperName): Request => ({
  ...request,
  warpers: request.warpers.filter((w) => w.name !== name)
});

const usual = (name: WarperName): WarperSpec =>
  defaultRequest.warpers.find((w) => w.name === name) ?? USUAL[name] ?? warper(name, {});

/** Whether two requests make the same trace. */
export const sameRequest = (a: Request, b: Request): boolean =>
  a === b || (a.prompt === b.prompt && printRequest(a) === printRequest(b));
