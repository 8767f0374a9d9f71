/** Files of one kind that the browser keeps from one visit to the next. */
export type KeptGroup = {
  readonly what: "model" | "runtime" | "page";
  /** Where a model of another origin came from; null of what is this app's own. */
  readonly host: string | null;
  readonly files: number;
  /** How many of them are not whole. */
  readonly parts: number;
  readonly bytes: number;
};

export type Kept =
  | {readonly status: "unknown"}
  /** The browser keeps nothing for this page; without a secure connection none does. */
  | {readonly status: "unavailable"; readonly secure: boolean}
  | {readonly status: "listed"; readonly groups: readonly KeptGroup[]};

export const keptBytes = (groups: readonly KeptGroup[]): number =>
  groups.reduce((sum, {bytes}) => sum + bytes, 0);

/** Page, runtime and a model are there, and whole: the next visit needs no network. */
export function worksOffline(groups: readonly KeptGroup[]): boolean {
  const kinds = groups.filter(({parts}) => parts === 0).map(({what}) => what);
  return (["model", "runtime", "page"] as const).every((what) => kinds.includes(what));
}
