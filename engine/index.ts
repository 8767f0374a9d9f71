/** The only door for app and lessons. */
export * from "./trace.ts";
export {frameAt, type Frame, type Phase} from "./frame.ts";
export {bestOf, searchStart} from "./beams.ts";
export {comingPass, type ComingPass} from "./coming.ts";
export {comingAppend, pickingStages} from "./picked.ts";
export {logProbabilitiesOf} from "./logProbabilities.ts";
export {measuresOf, ngramsOf, repeatsOf, type Measures, type Ngrams} from "./measures.ts";
export {draftLength} from "./strategy/speculative.ts";
export {contrastScore} from "./strategy/contrastive.ts";
export {candidateLayers} from "./strategy/dola.ts";
export {divergenceBits, oppose, type Opposed} from "./oppose.ts";
export {layOut, type Cell, type LookaheadLayout} from "./strategy/lookaheadPass.ts";
export {stepOf, type ChainLink, type Step} from "./step.ts";
export {collect, generate, type DraftModel, type GenerateOptions} from "./generate.ts";
export {
  checkPrompt,
  checkRequest,
  defaultRequest,
  limits,
  loneSurrogate,
  parseRequest,
  printRequest,
  type Forced,
  type Request
} from "./request.ts";
export {
  errorName,
  InvalidRequest,
  ModelError,
  NonFiniteLogits,
  PassDiffers,
  RuntimeFailure,
  type FailureKind
} from "./errors.ts";
export {
  position,
  tokenId,
  type Position,
  type TokenId,
  type Vocabulary,
  type VocabularyEntry
} from "./tokenizer/vocabulary.ts";
export type {Merge, PreToken, Tokenization, Tokenizer, TokenSpan} from "./tokenizer/tokenizer.ts";
export {
  checkParameter,
  describeRange,
  parseValue,
  printValue,
  type IdBias,
  type Parameter,
  type ParameterRange,
  type ParameterValue
} from "./warp/parameters.ts";
export type {WarpFacts, Warper, WarperName, WarperParams, WarperSpec, WarperState} from "./warp/warper.ts";
export {checkWarper, warper, warperNames, warpers} from "./warp/warpers.ts";
export {parseWarpers, printParams, printWarpers} from "./warp/chainText.ts";
export {
  preset,
  presetNames,
  type Ignored,
  type Preset,
  type PresetName,
  type WhyIgnored
} from "./warp/presets.ts";
export type {
  Distribution,
  Strategy,
  StrategyName,
  StrategyParameter,
  StrategyParams,
  StrategySpec
} from "./strategy/strategy.ts";
export {
  checkStrategy,
  isSampling,
  needsDraft,
  picksEveryPass,
  parseStrategy,
  printStrategy,
  strategies,
  strategy,
  strategyNames
} from "./strategy/strategies.ts";
export {beamParams, type BeamParams} from "./strategy/beamSearch.ts";
export {drawnBy} from "./strategy/multinomial.ts";
export {coin, USE} from "./coin.ts";
export {argmax, entropyBits, rankOf, softmax} from "./math.ts";
export {idsByFalling} from "./rankIds.ts";
export {branchPointAt, branchPointOf, resumeAt, type Resume} from "./resume.ts";
export {
  branchRequest,
  branchSettings,
  changedSettings,
  parseBranch,
  printBranch,
  type Branch,
  type BranchSettings,
  type Change
} from "./branch.ts";
export {lensOf, lensTaps, type Lens, type LensCell, type LmHead} from "./lens.ts";
export {passTokens} from "./passTokens.ts";
export {passAgain} from "./taps.ts";
export {bytesOfSymbols} from "./tokenizer/byteAlphabet.ts";
export {
  bpeText,
  initialTokens,
  trainBpe,
  type BpeMerge,
  type BpePair,
  type BpeState,
  type BpeText
} from "./tokenizer/trainBpe.ts";
export {RunCache} from "./runCache.ts";
export {eventToJson, toJson} from "./json.ts";
export type {Decoder, ForwardInput, KeysAndValues, Pass, Past, Tap} from "./decoder.ts";
