/** Whatever this app keeps in a browser's Cache Storage lies in caches whose names begin so. */
export const KEPT = "one-token";
/** The cache of model files and of onnxruntime's. */
export const KEPT_FILES = `${KEPT} files`;

/** The version of a folder's list: there is one, the newest that was seen. */
export const NEWEST = "newest";

/** Under what a segment of a file is kept: the file's address, its version, and its first byte. */
export function keyOf(url: string, version: string, from: number): string {
  const key = new URL(url);
  key.search = new URLSearchParams({version, from: String(from)}).toString();
  return key.href;
}

export function readKey(key: string): {
  readonly file: string;
  readonly version: string;
  readonly from: number;
} {
  const {origin, pathname, searchParams} = new URL(key);
  return {
    file: origin + pathname,
    version: searchParams.get("version") ?? "",
    from: Number(searchParams.get("from") ?? "NaN")
  };
}
