export {RuntimeFailure, type FailureKind} from "../errors.ts";

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

/** Memory that cannot be had, in the words of browsers, WebAssembly and onnxruntime. */
export const isOutOfMemory = (error: unknown): boolean =>
  /out of memory|bad_alloc|allocation failed|failed to allocate|cannot enlarge memory/i.test(
    error instanceof Error ? error.message : String(error)
  );
