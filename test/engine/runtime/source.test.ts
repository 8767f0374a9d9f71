import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {createServer, type RequestListener, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {fetchSource, type ModelSource} from "../../../engine/runtime/source.ts";
import {folderSource} from "../../../scripts/folderSource.ts";

const whole = new Uint8Array(100_000).map((_, i) => i % 251);

const answers: Readonly<Record<string, RequestListener>> = {
  "/model/whole": (_, response) => {
    response.setHeader("content-length", whole.length);
    response.end(whole);
  },
  "/model/parts": (request, response) => {
    const [, from, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const part = whole.subarray(Number(from), Number(last) + 1);
    response.writeHead(206, {"content-length": part.length}).end(part);
  },
  "/model/unmeasured": (_, response) => {
    response.write(whole);
    response.end();
  },
  "/model/page": (_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<!doctype html>");
  },
  "/model/cut": (request, response) => {
    response.setHeader("content-length", whole.length);
    if (request.method === "HEAD") return void response.end();
    response.write(whole.subarray(0, 60_000));
    setTimeout(() => response.destroy(), 20);
  },
  "/model/endless": (_, response) => {
    const timer = setInterval(() => response.write(whole), 5);
    response.on("close", () => clearInterval(timer));
  }
};

/** Pauses take no time. */
const net = {pause: () => Promise.resolve()};
let server: Server;
let source: ModelSource;
beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[request.url ?? ""];
    if (answer) return answer(request, response);
    response.statusCode = 404;
    response.end("not here");
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  source = fetchSource(`http://localhost:${(server.address() as AddressInfo).port}/model`, {net});
});
afterAll(() => void server.close());

const failure = async (work: Promise<unknown>): Promise<ModelError> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
};

describe("files from an address", () => {
  it("are read with progress in bytes", async () => {
    const seen: [number, number | null][] = [];
    const read = await source.read("whole", {onProgress: (...progress) => seen.push(progress)});
    expect(read).toEqual(whole);
    expect(seen.at(-1)).toEqual([whole.length, whole.length]);
    expect(await source.read("unmeasured", {onProgress: (...progress) => seen.push(progress)})).toEqual(
      whole
    );
    expect(seen.at(-1)).toEqual([whole.length, null]);
  });

  it("are read in part, also from a server that gives the whole", async () => {
    for (const path of ["parts", "whole"])
      expect(await source.read(path, {range: {from: 500, to: 70_000}})).toEqual(whole.slice(500, 70_000));
    expect(await source.read("whole", {range: {from: 99_999, to: 100_001}})).toHaveLength(1);
  });

  it("are found, or not: also where a web page is answered in their place", async () => {
    expect(await source.find("whole")).toEqual({bytes: whole.length, tag: null});
    expect(await source.find("nothing")).toBeNull();
    expect(await source.find("page")).toBeNull();
  });

  it("missing: the sentence names file and address", async () => {
    const missing = await failure(source.read("nothing"));
    expect(missing).toMatchObject({problem: "missing", path: "nothing"});
    expect(missing.message).toMatch(
      /^nothing is missing: the server answered 404 \(http:.*\/model\/nothing\)$/
    );
    expect((await failure(source.read("page"))).message).toContain("answered with a web page instead");
  });

  it("that stop early are cut short, not silently shorter", async () => {
    const cut = await failure(source.read("cut"));
    expect(cut).toMatchObject({problem: "truncated", path: "cut"});
    expect(cut.message).toMatch(/^cut stopped after [\d,]+ of 100,000 bytes\. Check the connection/);
  });

  it("whose server is gone: the sentence says to check the connection", async () => {
    const gone = await failure(fetchSource("http://localhost:1/", {net}).read("config.json"));
    expect(gone).toMatchObject({problem: "unreachable", path: "config.json"});
    expect(gone.message).toContain("did not answer. Check the connection");
  });

  it("stop arriving when aborted", async () => {
    const controller = new AbortController();
    const reading = source.read("endless", {signal: controller.signal, onProgress: () => controller.abort()});
    await expect(reading).rejects.toMatchObject({name: "AbortError"});
  });
});

describe("files from a folder", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "one-token-"));
    await writeFile(join(folder, "whole"), whole);
  });
  afterAll(() => rm(folder, {recursive: true}));

  it("are found and read with progress", async () => {
    const files = folderSource(folder);
    expect(await files.find("whole")).toEqual({bytes: whole.length});
    expect(await files.find("nothing")).toBeNull();
    expect(await files.find(".")).toBeNull();
    let last = 0;
    expect(await files.read("whole", {onProgress: (loaded) => (last = loaded)})).toEqual(whole);
    expect(last).toBe(whole.length);
    expect(await files.read("whole", {range: {from: 500, to: 70_000}})).toEqual(whole.slice(500, 70_000));
    expect(await files.read("whole", {range: {from: 99_999, to: 100_001}})).toHaveLength(1);
    expect(await failure(files.read("nothing"))).toMatchObject({problem: "missing", path: "nothing"});
    expect(await failure(files.read("."))).toMatchObject({problem: "missing"});
  });
});
