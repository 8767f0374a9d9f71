/** What went wrong while a model that had loaded was being used. */
export type FailureKind =
  "pass-failed" | "device-failed" | "device-lost" | "no-runtime" | "not-loaded" | "worker-crashed" | "closed";

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

/** The message of anything that was thrown, without what onnxruntime wraps around it. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const inner = /ERROR_MESSAGE: (.*)/s.exec(text)?.[1] ?? text;
  return inner
    .replace(/\/\S*onnxruntime\/\S+ .*?\) /g, "")
    .split("\n")[0]!
    .trim()
    .slice(0, 300);
}
