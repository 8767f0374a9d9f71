import {errorName, InvalidRequest, ModelError} from "../engine/index.ts";

/** What went wrong, in a shape that the screen can place: beside a field, or in the now box. */
export type Failure =
  | {readonly kind: "request"; readonly field: string; readonly message: string}
  | {readonly kind: "model"; readonly path: string; readonly message: string}
  /** `error`: which one, as a stop event says it ("worker-crashed", "out-of-memory", ...). */
  | {readonly kind: "crash"; readonly error: string; readonly message: string};

export function toFailure(error: unknown): Failure {
  if (error instanceof InvalidRequest) return {kind: "request", field: error.field, message: error.message};
  if (error instanceof ModelError) return {kind: "model", path: error.path, message: error.message};
  return {
    kind: "crash",
    error: errorName(error),
    message: error instanceof Error ? error.message : String(error)
  };
}
