export const ENCODINGS: Readonly<Record<"br" | "gzip", string>>;
export function chooseEncoding(header: string | undefined, ready: readonly string[]): string;
export function readRange(
  header: string | undefined,
  size: number
): {readonly from: number; readonly to: number} | "outside" | null;
export function hasTag(header: string | undefined, etag: string): boolean;
