import {ModelError} from "../errors.ts";
import {parseJson} from "./config.ts";

/** The list of a model folder's files, which `training/file_list.py` writes. */
export const FILE_LIST = "files.json";

/** What a file must be: its size, and its SHA-256 in hexadecimal digits. */
export type ListedFile = {
  readonly bytes: number;
  readonly sha256: string;
  /** Under which its server's version is kept, in a list that was made here of a folder that has none. */
  readonly tag?: string;
};

/** By path. It lists every file: what is not in it is not there. */
export type FileList = ReadonlyMap<string, ListedFile>;

/**
 * Reads {"files": [{"path", "bytes", "sha256"}]}.
 *
 * @throws ModelError "corrupt" naming the entry that is none
 */
export function readFileList(content: Uint8Array): FileList {
  const json = parseJson(FILE_LIST, content);
  const entries: unknown = Object.hasOwn(json, "files") ? json["files"] : null;
  if (!Array.isArray(entries)) throw wrong("files must be a list");
  return new Map(entries.map((entry, i) => readEntry(entry, `files[${i}]`)));
}

function readEntry(entry: unknown, at: string): readonly [string, ListedFile] {
  const field = (key: string): unknown =>
    typeof entry === "object" && entry !== null && Object.hasOwn(entry, key)
      ? (entry as Readonly<Record<string, unknown>>)[key]
      : undefined;
  const [path, bytes, sha256] = [field("path"), field("bytes"), field("sha256")];
  if (typeof path !== "string" || path === "") throw wrong(`${at}.path must be the path of a file`);
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 0) throw wrong(`${at}.bytes must be a size`);
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/i.test(sha256))
    throw wrong(`${at}.sha256 must be 64 hexadecimal digits`);
  const tag = field("tag");
  return [
    path,
    {bytes: bytes as number, sha256: sha256.toLowerCase(), ...(typeof tag === "string" && {tag})}
  ];
}

export const printFileList = (list: FileList): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({files: [...list].map(([path, file]) => ({path, ...file}))}));

const wrong = (what: string) =>
  new ModelError("corrupt", FILE_LIST, `${what} in ${FILE_LIST}. Write the list again, or take it away`);

/**
 * Makes sure that a file is the one that was published. Where the page is not served securely only its size can be
 * compared: browsers then have no `crypto.subtle`.
 *
 * @param list what the list is called in messages
 * @throws ModelError "truncated" or "corrupt"
 */
export async function verify(
  path: string,
  content: Uint8Array,
  listed: ListedFile,
  list = FILE_LIST
): Promise<void> {
  const [has, wants] = [content.length, listed.bytes].map((n) => n.toLocaleString("en"));
  if (content.length < listed.bytes)
    throw new ModelError(
      "truncated",
      path,
      `${path} has ${has} bytes where it is served, ${list} says ${wants}: it is cut short there. Put the whole file there, then load again`
    );
  const difference =
    content.length > listed.bytes
      ? `it has ${has} bytes, ${list} says ${wants}`
      : await otherDigest(content, listed, list);
  if (difference === null) return;
  const message = `${path} is not the file that was published: ${difference}. It was damaged on the way or belongs to another model; download it again`;
  throw new ModelError("corrupt", path, message);
}

/** How the two digests differ, in words; null where they do not. */
async function otherDigest(content: Uint8Array, {sha256}: ListedFile, list: string): Promise<string | null> {
  const found = await digestOf(content);
  if (found === null || found === sha256) return null;
  return `its SHA-256 begins with ${found.slice(0, 8)}, ${list} says ${sha256.slice(0, 8)}`;
}

/** SHA-256 in hexadecimal digits; null where this cannot be computed. */
export async function digestOf(content: Uint8Array): Promise<string | null> {
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest("SHA-256", content as BufferSource));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
