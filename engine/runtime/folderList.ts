import {ModelError} from "../errors.ts";
import {digestOf, FILE_LIST, readFileList, type FileList} from "./fileList.ts";
import type {KeptFiles} from "./keptFiles.ts";
import {NEWEST} from "./keptKey.ts";
import type {ModelSource} from "./source.ts";

/** A folder's list of files, and whether it is one that was kept because nobody could be asked for it. */
export type FolderList = {readonly files: FileList; readonly content: Uint8Array; readonly isKept: boolean};

/** Milliseconds that a server may be silent before the list that was kept will do. */
const PATIENCE = 4000;
const UNNEWESTED = {tag: null, exact: false, transfer: null};

/**
 * A folder's list as it is now; where its server cannot be asked, as it was at the last visit that loaded the folder.
 *
 * @returns null where the folder has none
 * @throws ModelError "corrupt" for a list that is none; "unreachable" or "truncated" where nothing is kept
 */
export async function folderList(
  source: ModelSource,
  store: KeptFiles | null,
  signal: AbortSignal | undefined
): Promise<FolderList | null> {
  const kept = store && (await keptList(store, source));
  try {
    const patience = kept ? PATIENCE : undefined;
    const content = await source.read(FILE_LIST, {signal, fresh: true, patience});
    return {files: readFileList(content), content, isKept: false};
  } catch (error) {
    if (!(error instanceof ModelError) || error.problem === "corrupt") throw error;
    if (error.problem === "missing") return null;
    if (kept) return kept;
    throw error;
  }
}

async function keptList(store: KeptFiles, source: ModelSource): Promise<FolderList | null> {
  try {
    const part = await store.part(urlOf(source), NEWEST);
    const content = part?.chunks[0];
    return content ? {files: readFileList(content), content, isKept: true} : null;
  } catch {
    return null; // as if there were none
  }
}

/** Keeps the list of a folder that was loaded. */
export async function keepList(store: KeptFiles, source: ModelSource, content: Uint8Array): Promise<void> {
  const about = {version: UNNEWESTED, sha256: await digestOf(content)};
  await store.write(urlOf(source), NEWEST, 0, [content], about);
}

/** Lets go of what is kept of a folder but is not in its list, or is not that version. */
export function keepOnly(store: KeptFiles, source: ModelSource, files: FileList): Promise<void> {
  const current = new Map([...files].map(([path, file]) => [urlOf(source, path), file.tag ?? file.sha256]));
  return store.prune(source.name, current);
}

const urlOf = ({name}: ModelSource, path = FILE_LIST): string => new URL(path, name).href;
