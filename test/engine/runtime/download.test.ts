import {describe, expect, it} from "vitest";
import {ModelError} from "../../../engine/index.ts";
import {usualNet} from "../../../engine/runtime/answer.ts";
import {Arriving} from "../../../engine/runtime/arriving.ts";
import {download, type DownloadOptions} from "../../../engine/runtime/download.ts";
import {FakeServer, madeBytes} from "./fakeServer.ts";

const whole = madeBytes(10_000);

function served(file: Parameters<FakeServer["serve"]>[2] = {}, url?: string): FakeServer {
  const server = new FakeServer(url);
  server.serve("a", whole, file);
  return server;
}

/** Fetches "a" into `file`. */
const get = (server: FakeServer, options: DownloadOptions = {}, file = new Arriving(), more = {}) =>
  download(
    {url: `${server.url}a`, path: "a", file, net: {...usualNet, ...server.net, ...more}},
    options
  ).then(() => file.content());

const failure = async (work: Promise<unknown>): Promise<ModelError> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ModelError);
  return error as ModelError;
};

describe("a download that breaks off", () => {
  it("goes on from the byte it had come to, if it is still the same file", async () => {
    const server = served({etag: '"1"'});
    server.breaks.push(4000, 2500);
    expect(await get(server)).toEqual(whole);
    expect(server.asked).toEqual(["GET a", 'GET a bytes=4000- if "1"', 'GET a bytes=6500- if "1"']);
    expect(server.sent).toBe(whole.length);
    expect(server.pauses).toEqual([500, 500]);
  });

  it("goes on without a tag where a checksum will tell", async () => {
    const server = served();
    server.breaks.push(4000);
    expect(await get(server, {checked: true, size: whole.length})).toEqual(whole);
    expect(server.asked).toEqual(["GET a", "GET a bytes=4000-"]);
  });

  it("begins again where nothing tells whether the parts belong together", async () => {
    for (const etag of [null, 'W/"1"']) {
      const server = served({etag});
      server.breaks.push(4000);
      expect(await get(server)).toEqual(whole);
      expect(server.asked).toEqual(["GET a", "GET a"]);
    }
  });

  it("begins again where the server sends the whole file, in the same answer", async () => {
    const server = served({etag: '"1"'});
    server.ranges = false;
    server.breaks.push(4000);
    expect(await get(server)).toEqual(whole);
    expect(server.asked).toEqual(["GET a", 'GET a bytes=4000- if "1"']);
  });

  it("begins again where the file has changed meanwhile", async () => {
    const other = madeBytes(9000, 5);
    const server = served({etag: '"1"'});
    server.breaks.push(4000);
    const pause = () => Promise.resolve(server.serve("a", other, {etag: '"2"'}));
    expect(await get(server, {}, new Arriving(), {pause})).toEqual(other);
    expect(server.asked).toEqual(["GET a", 'GET a bytes=4000- if "1"']);
  });

  it("is not fooled by a part of another file, or from another byte", async () => {
    for (const change of [
      {etag: '"2"'},
      {"content-range": "bytes 3999-9999/10000"},
      {"content-encoding": "gzip"}
    ]) {
      const server = served({etag: '"1"'});
      server.breaks.push(4000);
      const real = server.net.fetch!;
      const lying: typeof fetch = async (...asked) => {
        const response = await real(...asked);
        for (const [name, value] of Object.entries(change))
          if (response.status === 206) response.headers.set(name, value);
        return response;
      };
      expect(await get(server, {checked: true}, new Arriving(), {fetch: lying})).toEqual(whole);
      expect(server.asked).toEqual(["GET a", 'GET a bytes=4000- if "1"', "GET a"]);
    }
  });

  it("asks another origin by its range alone, and believes what that may not say", async () => {
    const server = served({etag: '"1"'});
    server.breaks.push(4000);
    const real = server.net.fetch!;
    const shy: typeof fetch = async (...asked) => {
      const response = await real(...asked);
      response.headers.delete("content-range");
      return response;
    };
    expect(await get(server, {}, new Arriving(), {fetch: shy, origin: "http://page.test"})).toEqual(whole);
    expect(server.asked).toEqual(["GET a", "GET a bytes=4000-"]);
  });

  it("begins again where the rest costs more than the whole compressed; once, then it goes on", async () => {
    const size = whole.length;
    const server = served({etag: '"1"', compressed: 5000});
    server.breaks.push(4000, 3000);
    expect(await get(server, {checked: true, size})).toEqual(whole);
    expect(server.asked).toEqual(["GET a", "GET a", "GET a bytes=3000-"]);
    const late = served({etag: '"1"', compressed: 5000});
    late.breaks.push(6000);
    expect(await get(late, {checked: true, size})).toEqual(whole);
    expect(late.asked).toEqual(["GET a", "GET a bytes=6000-"]);
  });

  it("is given up after three attempts that brought nothing, and says how far it came", async () => {
    const server = served({etag: '"1"'});
    server.breaks.push(4000, 0, 0, 0, 0);
    const file = new Arriving();
    const error = await failure(get(server, {}, file));
    expect(error).toMatchObject({problem: "truncated", path: "a"});
    expect(error.message).toBe(
      "a stopped after 4,000 of 10,000 bytes. Check the connection, then load again: it goes on from there"
    );
    expect(server.pauses).toEqual([500, 1000, 2000]);
    server.breaks.length = 0;
    expect(await get(server, {}, file)).toEqual(whole);
    expect(server.asked.at(-1)).toBe('GET a bytes=4000- if "1"');
    expect(server.sent).toBe(whole.length);
  });

  it("that broke after its last byte asks for nothing more", async () => {
    const server = served();
    server.breaks.push(whole.length);
    expect(await get(server, {checked: true, size: whole.length})).toEqual(whole);
    expect(server.asked).toEqual(["GET a"]);
  });
});

describe("a server", () => {
  it("that is gone is tried again, then said to be", async () => {
    const server = served();
    server.isGone = true;
    const error = await failure(get(server));
    expect(error).toMatchObject({problem: "unreachable", path: "a"});
    expect(error.message).toContain("did not answer. Check the connection");
    expect(server.asked).toHaveLength(3);
  });

  it("that is too busy is tried again, then said to be", async () => {
    const server = served();
    server.status = 503;
    const error = await failure(get(server));
    expect(error).toMatchObject({problem: "unreachable"});
    expect(error.message).toContain("the server answered 503 (http://files.test/model/a). Wait a little");
    expect(server.asked).toHaveLength(3);
  });

  it("without the file is not asked twice", async () => {
    const server = new FakeServer();
    expect(await failure(get(server))).toMatchObject({problem: "missing"});
    expect(server.asked).toEqual(["GET a"]);
  });

  it("that falls silent is as good as one whose connection broke", async () => {
    const server = served({etag: '"1"'});
    const real = server.net.fetch!;
    let first = true;
    const silent: typeof fetch = async (url, init) => {
      const response = await real(url, init);
      if (!first) return response;
      first = false;
      const [some, signal] = [whole.slice(0, 3000), init!.signal!];
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(some);
          signal.addEventListener("abort", () => controller.error(signal.reason));
        }
      });
      return new Response(body, response);
    };
    expect(await get(server, {}, new Arriving(), {fetch: silent, silence: 20})).toEqual(whole);
    expect(server.asked).toEqual(["GET a", 'GET a bytes=3000- if "1"']);
  });

  it("is not waited for longer than the reader's patience, and not asked again", async () => {
    const server = served();
    server.isGone = true;
    await failure(get(server, {patience: 10}));
    expect(server.asked).toHaveLength(1);
  });
});

it("progress is in bytes of the whole file, also where it comes compressed", async () => {
  const seen: [number, number | null][] = [];
  const server = served({etag: '"1"', compressed: 2000});
  server.breaks.push(8500);
  const options = {checked: true, size: whole.length};
  await get(server, {...options, onProgress: (...progress) => seen.push(progress)});
  expect(seen.map(([loaded]) => loaded)).toEqual([
    ...[1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 8500],
    ...[9500, 10_000]
  ]);
  expect(new Set(seen.map(([, bytes]) => bytes))).toEqual(new Set([whole.length]));
});
