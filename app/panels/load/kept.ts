/** What of a visit is kept, in the order in which it is listed. */
export const keptKinds = ["model", "runtime", "page"] as const;

/** Files of one kind that the browser keeps from one visit to the next. */
export type KeptGroup = {
  readonly what: (typeof keptKinds)[number];
  /** Where a model of another origin came from; null of what is this app's own. */
  readonly host: string | null;
  readonly files: number;
  /** How many of them are not whole. */
  readonly parts: number;
  readonly bytes: number;
  /** Addresses, without the server's name. */
  readonly paths: readonly string[];
};

export type Kept =
  | {readonly status: "unknown"}
  /** The browser keeps nothing for this page; without a secure connection none does. */
  | {readonly status: "unavailable"; readonly secure: boolean}
  /** Files are still being kept: there will be more. */
  | {readonly status: "pending" | "listed"; readonly groups: readonly KeptGroup[]};

/** What is listed, as long as more is to come and it is not all there. */
export const keptSoFar = (groups: readonly KeptGroup[], isDone: boolean): Kept => ({
  status: isDone || worksOffline(groups) ? "listed" : "pending",
  groups
});

/**
 * A group's files that are not among those loaded, by their names in the model's folder; none where the group is not
 * of that model.
 */
export function besides({paths}: KeptGroup, loaded: readonly string[]): readonly string[] {
  const [first] = loaded;
  const isFirst = (path: string) => first !== undefined && path.endsWith(`/${first}`);
  const [at] = paths.filter(isFirst).sort((a, b) => a.length - b.length);
  if (at === undefined) return [];
  const folder = at.slice(0, at.length - first!.length);
  return paths.flatMap((path) => {
    const name = path.startsWith(folder) ? path.slice(folder.length) : path;
    return loaded.includes(name) ? [] : name;
  });
}

export const keptBytes = (groups: readonly KeptGroup[]): number =>
  groups.reduce((sum, {bytes}) => sum + bytes, 0);

/** Page, runtime and a model are there, and whole: the next visit needs no network. */
export function worksOffline(groups: readonly KeptGroup[]): boolean {
  const kinds = groups.filter(({parts}) => parts === 0).map(({what}) => what);
  return keptKinds.every((what) => kinds.includes(what));
}
