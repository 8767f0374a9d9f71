import type {FileInfo} from "../../../engine/index.ts";
import {EXTERNAL_DATA} from "../../draw/weightBytes.ts";

/** How much of a file has been read; `total` is null where its size is known only at its end. */
export type FileProgress = {readonly path: string; readonly loaded: number; readonly total: number | null};

export type TotalProgress = {
  readonly loaded: number;
  /** Null while the size of any file is unknown. */
  readonly total: number | null;
  /** Files that are here whole. */
  readonly done: number;
  /** 0..1, null without a total. */
  readonly share: number | null;
};

/** Files on their way, with those that are known to be needed and were not asked for yet. */
export const withAwaited = (
  progress: readonly FileProgress[],
  needed: readonly FileInfo[]
): readonly FileProgress[] => [
  ...progress,
  ...needed
    .filter(({path}) => !progress.some((file) => file.path === path))
    .map(({path, bytes}) => ({path, loaded: 0, total: bytes}))
];

export function totalOf(files: readonly FileProgress[]): TotalProgress {
  const loaded = files.reduce((sum, file) => sum + file.loaded, 0);
  // weights are most of a model, and are asked for once the graph has named them: before, a share would soon be a lie
  const hasWeights = files.some(({path}) => EXTERNAL_DATA.test(path));
  const known = hasWeights && files.every((file) => file.total !== null);
  const total = known ? files.reduce((sum, file) => sum + file.total!, 0) : null;
  return {
    loaded,
    total,
    done: files.filter(isWhole).length,
    share: total ? loaded / total : null
  };
}

/** What computes, which comes with the model and is no part of it. */
export const isRuntime = ({path}: FileProgress): boolean => path.endsWith(".wasm");

export const isWhole = ({loaded, total}: FileProgress): boolean => total !== null && loaded >= total;
