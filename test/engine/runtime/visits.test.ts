import {createHash} from "node:crypto";
import {beforeEach, describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {CheckedSource} from "../../../engine/runtime/checkedSource.ts";
import {KeptFiles} from "../../../engine/runtime/keptFiles.ts";
import {LoadLog} from "../../../engine/runtime/loadLog.ts";
import {fetchSource} from "../../../engine/runtime/source.ts";
import {FakeCaches} from "./fakeCaches.ts";
import {FakeServer, isSame, madeBytes} from "./fakeServer.ts";

const MIB = 1 << 20;
const config = madeBytes(600, 3);
const weights = madeBytes(3 * MIB + 5000);

let server: FakeServer;
let caches: FakeCaches;
beforeEach(() => {
  server = new FakeServer();
  caches = new FakeCaches();
  publish({config, weights});
});

function publish(files: Readonly<Record<string, Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) server.serve(path, content, {etag: etagOf(content)});
  const list = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: content.length,
    sha256: digest(content)
  }));
  server.serve("files.json", new TextEncoder().encode(JSON.stringify({files: list})));
}
const digest = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
const etagOf = (content: Uint8Array) => `"${digest(content).slice(0, 8)}"`;

/** A page that is opened anew: nothing but the caches outlives it. */
async function visit(storage: CacheStorage | undefined = caches.storage) {
  const log = new LoadLog();
  const store = await KeptFiles.open(storage);
  const source = new CheckedSource(fetchSource(server.url, {net: server.net}), {store, log});
  server.asked.length = 0;
  return {
    source,
    store,
    /** Everything that a load reads, and what it does at its end. */
    async load() {
      const read = [await source.read("config"), await source.read("weights")];
      source.trim();
      await source.keep();
      expect(isSame(read[0]!, server.files.get("config")!.content)).toBe(true);
      expect(isSame(read[1]!, server.files.get("weights")!.content)).toBe(true);
      return log.notice();
    }
  };
}
const failure = async (work: Promise<unknown>): Promise<ModelError> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
};

describe("the second visit", () => {
  it("asks for the list alone, and reads nothing twice", async () => {
    expect(await (await visit()).load()).toBeNull();
    expect(server.asked).toEqual(["GET files.json", "GET config", "GET weights"]);
    const segments = caches.segments.map((segment) => segment.replace(/\d{6,}/, "later"));
    expect(segments.length).toBeGreaterThan(6);
    expect([...new Set(segments)]).toEqual(["config 0", "weights 0", "weights later", "files.json 0"]);
    expect(await (await visit()).load()).toBeNull();
    expect(server.asked).toEqual(["GET files.json"]);
  });

  it("needs no network at all, and says so", async () => {
    await (await visit()).load();
    server.isGone = true;
    expect(await (await visit()).load()).toBe(
      "The model's server did not answer, so the model is the one that this browser has kept."
    );
    expect(server.asked).toEqual(["GET files.json"]);
  });

  it("reads parts of a kept file from there", async () => {
    await (await visit()).load();
    const {source} = await visit();
    for (const range of [
      {from: 10, to: 20},
      {from: MIB - 5, to: 2 * MIB + 5},
      {from: 3 * MIB, to: 9 * MIB}
    ])
      expect(isSame(await source.read("weights", {range}), weights.slice(range.from, range.to))).toBe(true);
    expect(server.asked).toEqual(["GET files.json"]);
  });

  it("fetches what has changed, and keeps the old until it has all of the new", async () => {
    await (await visit()).load();
    const before = caches.bytes;
    const others = {config: madeBytes(700, 9), weights: madeBytes(2 * MIB, 11)};
    publish(others);
    server.breaks.push(Infinity, Infinity, 0, 0, 0);
    expect(await failure((await visit()).load())).toMatchObject({problem: "truncated", path: "weights"});
    expect(caches.bytes).toBe(before + others.config.length);
    server.breaks.length = 0;
    expect(await (await visit()).load()).toBe(
      "Of 2 files 1 were kept in this browser; weights had to be fetched."
    );
    expect(server.asked).toEqual(["GET files.json", "GET weights"]);
    expect(caches.bytes).toBe(
      server.files.get("files.json")!.content.length + others.config.length + others.weights.length
    );
  });

  it("throws away what is damaged and fetches it again, with a sentence", async () => {
    await (await visit()).load();
    caches.damage("weights");
    expect(await (await visit()).load()).toBe(
      "weights was kept in this browser, but damaged there: it was thrown away and fetched again."
    );
    expect(server.asked).toEqual(["GET files.json", "GET weights"]);
    expect(await (await visit()).load()).toBeNull();
    expect(server.asked).toEqual(["GET files.json"]);
  });

  it("fetches what a browser has let go of", async () => {
    await (await visit()).load();
    const {store} = await visit();
    await store!.drop(`${server.url}config`, null);
    expect(await (await visit()).load()).toBe(
      "Of 2 files 1 were kept in this browser; config had to be fetched."
    );
    expect(server.asked).toEqual(["GET files.json", "GET config"]);
  });

  it("without a network says which file is not there", async () => {
    await (await visit()).load();
    const {store} = await visit();
    await store!.drop(`${server.url}weights`, null);
    server.isGone = true;
    const error = await failure((await visit()).load());
    expect(error).toMatchObject({problem: "unreachable", path: "weights"});
  });
});

describe("a download that broke off", () => {
  it("goes on at the next visit from what had come", async () => {
    server.breaks.push(Infinity, Infinity, 2 * MIB + 100, 0, 0, 0);
    const error = await failure((await visit()).load());
    expect(error.message).toContain("weights stopped after 2,097,252 of 3,150,728 bytes");
    server.breaks.length = server.sent = 0;
    expect(await (await visit()).load()).toBe(
      "Of 2 files 1 were kept in this browser; weights had to be fetched."
    );
    expect(server.asked).toEqual([
      "GET files.json",
      `GET weights bytes=${2 * MIB + 100}- if ${etagOf(weights)}`
    ]);
    expect(server.sent).toBe(server.files.get("files.json")!.content.length + MIB + 4900);
    expect(await (await visit()).load()).toBeNull();
    expect(server.asked).toEqual(["GET files.json"]);
  });

  it("goes on from the last segment where the page was closed in mid-file", async () => {
    const {source} = await visit();
    await source.read("config");
    server.breaks.push(2.5 * MIB);
    server.hangs = true;
    await new Promise<void>((done) => {
      const onProgress = (loaded: number) => loaded === 2.5 * MIB && setTimeout(done, 300);
      source.read("weights", {onProgress}).catch(() => undefined); // the page is gone before it ends
    });
    server.hangs = false;
    expect(await (await visit()).load()).toContain("weights had to be fetched");
    expect(server.asked.at(-1)).toMatch(/^GET weights bytes=2\d{6}- if "/);
  });

  it("goes on in the same visit, also where nothing can be kept", async () => {
    server.breaks.push(Infinity, Infinity, 1_000_000, 0, 0, 0);
    const {source} = await visit(undefined);
    await source.read("config");
    const error = await failure(source.read("weights"));
    await source.afterFailure(error);
    server.breaks.length = 0;
    server.asked.length = 0;
    expect(isSame(await source.read("weights"), weights)).toBe(true);
    expect(server.asked).toEqual([`GET weights bytes=1000000- if ${etagOf(weights)}`]);
    expect(server.sent).toBe(server.files.get("files.json")!.content.length + config.length + weights.length);
  });

  it("is fetched whole where its parts turn out to be of two files", async () => {
    const old = madeBytes(weights.length, 77);
    publish({config, weights: old});
    server.serve("weights", old); // no tag
    server.breaks.push(Infinity, Infinity, 2 * MIB + 100, 0, 0, 0);
    const {source} = await visit();
    await source.read("config");
    await failure(source.read("weights"));
    server.breaks.length = 0;
    const list = server.files.get("files.json")!;
    publish({config, weights});
    server.serve("weights", weights);
    const mixed = {path: "weights", bytes: old.length, sha256: digest(weights)};
    list.content = new TextEncoder().encode(
      JSON.stringify({files: [{path: "config", bytes: config.length, sha256: digest(config)}, mixed]})
    );
    // the same page, whose list is still the old one: what is joined is neither of the two
    server.asked.length = 0;
    const error = await failure(source.read("weights"));
    expect(error).toMatchObject({problem: "corrupt", path: "weights"});
    expect(server.asked).toEqual([`GET weights bytes=${2 * MIB + 100}-`, "GET weights"]);
    expect(caches.segments.filter((segment) => segment.startsWith("weights"))).toEqual([]);
    expect(await (await visit()).load()).toContain("weights had to be fetched");
  });
});

describe("a storage", () => {
  it("that is full keeps nothing of the file; the model loads, and a sentence says so", async () => {
    caches.room = 2 * MIB;
    expect(await (await visit()).load()).toBe(
      "weights could not be kept in this browser, where there is no room left: the next visit fetches it again."
    );
    expect(caches.segments).toEqual(["config 0", "files.json 0"]);
    expect(await (await visit()).load()).toContain("weights could not be kept");
    expect(server.asked).toEqual(["GET files.json", "GET weights"]);
  });

  it("that there is none of, or that is blocked, keeps the model from nothing", async () => {
    const blocked = {open: () => Promise.reject(new DOMException("no", "SecurityError"))};
    for (const storage of [null, blocked as unknown as CacheStorage]) {
      const log = new LoadLog();
      const store = storage && (await KeptFiles.open(storage));
      expect(store).toBeNull();
      const source = new CheckedSource(fetchSource(server.url, {net: server.net}), {store, log});
      expect(isSame(await source.read("weights"), weights)).toBe(true);
      expect(isSame(await source.read("weights"), weights)).toBe(true);
      await source.keep();
      expect(log.notice()).toBeNull();
    }
    expect(server.asked.filter((asked) => asked === "GET weights")).toHaveLength(2);
  });

  it("that the reader erased stays empty for the rest of the visit", async () => {
    const {source, load} = await visit();
    await source.read("config");
    for (const name of await caches.keys()) await caches.delete(name);
    expect(await load()).toBeNull();
    expect(await caches.keys()).toEqual([]);
  });
});

describe("a folder without a list", () => {
  beforeEach(() => void server.files.delete("files.json"));

  it("is kept by its files' tags: the server is asked only whether they are the same", async () => {
    await (await visit()).load();
    expect(server.asked).toEqual(["GET files.json", "GET config", "GET weights"]);
    expect(await (await visit()).load()).toBeNull();
    expect(server.asked).toEqual(["GET files.json", "HEAD config", "HEAD weights"]);
    server.serve("config", madeBytes(600, 8), {etag: '"other"'});
    await (await visit()).load();
    expect(server.asked).toEqual(["GET files.json", "HEAD config", "GET config", "HEAD weights"]);
  });

  it("needs no network at the next visit either; what was not there is known not to be", async () => {
    await (await visit()).load();
    server.isGone = true;
    const {source, load} = await visit();
    expect(await load()).toContain("the model is the one that this browser has kept");
    expect(await source.find("tokenizer_config.json")).toBeNull();
    expect(server.asked).toEqual(["GET files.json"]);
    caches.damage("weights");
    expect(await failure((await visit()).load())).toMatchObject({problem: "unreachable", path: "weights"});
  });

  it("goes on after a break, also at the next visit", async () => {
    server.breaks.push(Infinity, 2 * MIB, 0, 0, 0);
    await failure((await visit()).load());
    server.breaks.length = 0;
    await (await visit()).load();
    expect(server.asked).toEqual([
      "GET files.json",
      "HEAD config",
      `GET weights bytes=${2 * MIB}- if ${etagOf(weights)}`
    ]);
  });

  it("of a server that tags nothing is not kept: nobody could tell whether it changed", async () => {
    for (const [path, content] of Object.entries({config, weights})) server.serve(path, content);
    server.breaks.push(Infinity, 2 * MIB);
    await (await visit()).load();
    expect(caches.segments).toEqual(["files.json 0"]);
    await (await visit()).load();
    expect(server.asked).toEqual(["GET files.json", "GET config", "GET weights"]);
  });
});
