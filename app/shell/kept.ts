import {useEffect} from "react";
import type {Engine} from "../engine.ts";
import {forgetPage, keepPage, keptPage} from "../offline.ts";
import {keptSoFar, type Kept, type KeptGroup} from "../panels/load/kept.ts";
import {createStore} from "../store.ts";
import {useStore} from "./useView.ts";

/** What the engine keeps; the composition root knows it. */
export type KeptSource = {
  list(): Promise<readonly {readonly url: string; readonly bytes: number; readonly isWhole: boolean}[]>;
  /** Erases the page's files as well. */
  erase(): Promise<void>;
};

const store = createStore<Kept>({status: "unknown"});
let source: KeptSource | null = null;
/** In this visit; nothing more is kept then. */
let erased = false;
/** Nothing more will be kept. */
let isDone = false;
/** Milliseconds after a load in which the engine keeps the last of its files. */
const SOON = 2000;

/** Once a model is there, the page is kept as well, so that the next visit needs no network. */
export function watchKept(engine: Pick<Engine, "get" | "subscribe">, from: KeptSource): void {
  source = from;
  if (isSecureContext) store.set(keptSoFar([], false));
  let before = engine.get().status;
  engine.subscribe(() => {
    const {status} = engine.get();
    if (status === "ready" && before !== "ready") {
      if (!erased) void keepPage(() => void refreshKept());
      setTimeout(finish, SOON);
    }
    if (status === "failed") finish();
    before = status;
  });
}

function finish(): void {
  isDone = true;
  void refreshKept();
}

async function refreshKept(): Promise<void> {
  store.set(await readKept());
}

async function readKept(): Promise<Kept> {
  if (!source) return {status: "unknown"};
  try {
    const [files, page] = [await source.list(), await keptPage()];
    const own: KeptGroup = {what: "page", host: null, parts: 0, paths: [], ...page};
    return keptSoFar([...groupsOf(files), ...(page.files > 0 ? [own] : [])], isDone);
  } catch {
    return {status: "unavailable", secure: isSecureContext};
  }
}

/** Models first, each origin's for itself. */
function groupsOf(files: Awaited<ReturnType<KeptSource["list"]>>): readonly KeptGroup[] {
  const groups = new Map<string, KeptGroup>();
  for (const {url, bytes, isWhole} of files) {
    const {origin, host, pathname} = new URL(url);
    const what = pathname.endsWith(".wasm") ? "runtime" : "model";
    const from = origin === location.origin ? null : host;
    const before = groups.get(`${what} ${from}`) ?? {
      what,
      host: from,
      files: 0,
      parts: 0,
      bytes: 0,
      paths: []
    };
    groups.set(`${what} ${from}`, {
      ...before,
      files: before.files + 1,
      parts: before.parts + (isWhole ? 0 : 1),
      bytes: before.bytes + bytes,
      paths: [...before.paths, pathname]
    });
  }
  return [...groups.values()].sort((a, b) => (a.what < b.what ? -1 : a.what > b.what ? 1 : 0));
}

async function erase(): Promise<void> {
  erased = isDone = true;
  await forgetPage().catch(() => undefined);
  await source?.erase().catch(() => undefined);
  await refreshKept();
}

/** What this browser keeps, and how it is erased. */
export function useKept(): readonly [Kept, () => void] {
  useEffect(() => void refreshKept(), []);
  return [useStore(store), () => void erase()];
}
