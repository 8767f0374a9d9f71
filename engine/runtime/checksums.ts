import {ModelError} from "../errors.ts";

/** The list of a model folder's files, as `sha256sum` writes it. */
export const CHECKSUMS = "checksums.sha256";

/** SHA-256 in hexadecimal digits, by path. */
export type Checksums = ReadonlyMap<string, string>;

/**
 * Reads lines of "digest  path".
 *
 * @throws ModelError "corrupt" naming the line that is none
 */
export function readChecksums(bytes: Uint8Array): Checksums {
  const sums = new Map<string, string>();
  for (const [index, line] of new TextDecoder().decode(bytes).split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [, digest, path] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line) ?? [];
    if (digest === undefined || path === undefined)
      throw new ModelError(
        "corrupt",
        CHECKSUMS,
        `line ${index + 1} of ${CHECKSUMS} is no SHA-256 and path. Download it again, or take it away`
      );
    sums.set(path, digest.toLowerCase());
  }
  return sums;
}

/**
 * Makes sure that a file is the one that the folder was published with. One that is not listed passes, and where the
 * page is not served securely nothing can be checked: browsers then have no `crypto.subtle`.
 *
 * @throws ModelError "corrupt"
 */
export async function verify(path: string, bytes: Uint8Array, sums: Checksums): Promise<void> {
  const wanted = sums.get(path);
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (wanted === undefined || !subtle) return;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes as BufferSource));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found === wanted) return;
  const message = `${path} is not the file that this model was published with: its SHA-256 begins with ${found.slice(0, 8)}, ${CHECKSUMS} says ${wanted.slice(0, 8)}. It was damaged on the way or belongs to another model; download it again`;
  throw new ModelError("corrupt", path, message);
}
