/** Something the reader asked for that cannot be done. `field` says which part of the request; nothing was run. */
export class InvalidRequest extends Error {
  override readonly name = "InvalidRequest";
  constructor(
    readonly field: string,
    message: string
  ) {
    super(message);
  }
}

/** A pass or a warper left logits that no token can be picked from: NaN, +Infinity, or -Infinity everywhere. */
export class NonFiniteLogits extends Error {
  override readonly name = "NonFiniteLogits";
}

/** A pass run again did not give the logits that were recorded: what it has inside is not what was then. */
export class PassDiffers extends Error {
  override readonly name = "PassDiffers";
  constructor(
    /** The largest difference of a logit; Infinity where one is no number. */
    readonly difference: number,
    message: string
  ) {
    super(message);
  }
}

/** "unreachable" where nobody answered for a file: it may well be there. */
export type ModelProblem = "missing" | "unreachable" | "truncated" | "corrupt" | "unsupported";

/** A model folder or one of its files cannot be used. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  constructor(
    readonly problem: ModelProblem,
    readonly path: string,
    message: string
  ) {
    super(message);
  }
}

/** What went wrong while a model that had loaded was being used. */
export type FailureKind =
  | "pass-failed"
  | "device-failed"
  | "device-lost"
  | "out-of-memory"
  | "no-runtime"
  | "not-loaded"
  | "worker-crashed"
  | "closed";

/** The runtime stopped working through nothing that the reader asked for. The message says what can be done. */
export class RuntimeFailure extends Error {
  override readonly name = "RuntimeFailure";
  constructor(
    readonly kind: FailureKind,
    message: string,
    options?: ErrorOptions
  ) {
    super(message, options);
  }
}

/** What tells errors apart in a trace: the kind of a RuntimeFailure ("device-lost"), the name of any other. */
export function errorName(error: unknown): string {
  if (error instanceof RuntimeFailure) return error.kind;
  return error instanceof Error ? error.name : "Error";
}
