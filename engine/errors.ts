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

export type ModelProblem = "missing" | "truncated" | "corrupt" | "unsupported";

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
