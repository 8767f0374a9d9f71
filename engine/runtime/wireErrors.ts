import {transferHandlers, type TransferHandler} from "comlink";
import {InvalidRequest, ModelError, NonFiniteLogits, PassDiffers, type ModelProblem} from "../errors.ts";
import {RuntimeFailure, type FailureKind} from "./failure.ts";

/** An error as plain data, with the fields that its class adds. */
export type WireError = {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly fields: Readonly<Record<string, string>>;
};

export function writeError(thrown: unknown): WireError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(error))
    if (typeof value === "string" || typeof value === "number") fields[key] = String(value);
  return {name: error.name, message: error.message, stack: error.stack ?? "", fields};
}

/** The same error again: of its own class where it is one of the engine's. */
export function readError({name, message, stack, fields}: WireError): Error {
  const field = (key: string) => fields[key] ?? "";
  const makers: Readonly<Record<string, () => Error>> = {
    InvalidRequest: () => new InvalidRequest(field("field"), message),
    ModelError: () => new ModelError(field("problem") as ModelProblem, field("path"), message),
    RuntimeFailure: () => new RuntimeFailure(field("kind") as FailureKind, message),
    NonFiniteLogits: () => new NonFiniteLogits(message),
    PassDiffers: () => new PassDiffers(Number(field("difference")), message)
  };
  const error = Object.hasOwn(makers, name) ? makers[name]!() : new Error(message);
  return Object.assign(error, {stack});
}

/** comlink keeps only an error's message; both ends call this once, so that classes and fields survive as well. */
export function keepErrorTypes(): void {
  const usual = transferHandlers.get("throw")!;
  const handler: TransferHandler<unknown, unknown> = {
    canHandle: usual.canHandle,
    serialize: (thrown) => [writeError((thrown as {readonly value: unknown}).value), []],
    deserialize: (error) => {
      throw readError(error as WireError);
    }
  };
  transferHandlers.set("throw", handler);
}
