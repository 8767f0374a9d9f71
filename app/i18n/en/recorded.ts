import {formatBytes, formatCount} from "../../draw/format.ts";
import type {Pieces} from "../pieces.ts";

/** Bytes of the model that are here, of all where it is known that there are more. */
const bytes = (loaded: number, total: number | null): string =>
  total === null || loaded >= total
    ? `${formatBytes(loaded)} so far`
    : `${formatBytes(loaded)} of ${formatBytes(total)}`;

/** What stands where a trace was recorded beforehand, because the model is not there yet. */
export const recorded = {
  tag: "Recorded trace",
  /** Short, for the place where the device stands. */
  source: {
    loading: (loaded: number, total: number | null) =>
      `Recorded trace, model loading: ${bytes(loaded, total)}`,
    failed: "Recorded trace, no model loaded",
    ready: "Recorded trace, model running it again"
  },
  loading: (loaded: number, total: number | null) =>
    `the model is still loading (${bytes(loaded, total)}). Step through this run of it meanwhile; then the same run, computed here, takes its place.`,
  asked: (loaded: number, total: number | null) =>
    `the model is still loading (${bytes(loaded, total)}). What you asked for begins as soon as it is here, unless you go on here.`,
  failed: "the model could not be loaded. This run of it can still be stepped through.",
  cause: <T>(cause: T): Pieces<T> => [" The cause: ", cause],
  ready: "the model is here and runs the same request up to this place.",
  replaced:
    "The model is here: the run in view is computed in this browser now, with the tokens of the recording.",
  differs: (position: number) =>
    `The model is here, and what its own run gave differs from the recording from position ${formatCount(position)} on. The run in view is its own.`,
  inside: {
    loading: "This waits for the model, which is still loading.",
    failed: "This needs the model, which could not be loaded."
  }
};
