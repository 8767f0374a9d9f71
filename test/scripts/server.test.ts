import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createServer, request, type IncomingHttpHeaders, type RequestOptions, type Server} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {cacheControl, contentType} from "../../scripts/headers.js";
import {listen, staticServer} from "../../scripts/server.js";

const outside = mkdtempSync(join(tmpdir(), "one-token-server-"));
const site = join(outside, "site");
const files = {
  "index.html": "<!doctype html><title>page</title>",
  "assets/app-AbCd_12-.js": "export {};",
  "assets/ort.jspi-aB3dE6gH.wasm": "\0asm",
  "model/onnx/model.onnx_data": "\x01\x02\x03",
  "assets/big-AbCd_12-.js": "0123456789",
  "assets/big-AbCd_12-.js.br": "brotli",
  "assets/big-AbCd_12-.js.gz": "gzip",
  "model/name with space é.txt": "é",
  ".secret": "secret",
  "model/.hidden/file.txt": "secret",
  "../outside.txt": "secret",
  "../site-too/file.txt": "secret"
};
let server: Server;
let port: number;

beforeAll(async () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(site, path, ".."), {recursive: true});
    writeFileSync(join(site, path), text);
  }
  server = staticServer(site);
  port = await listen(server, 0);
});

afterAll(() => {
  server.close();
  rmSync(outside, {recursive: true});
});

type Answer = {readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string};

/** Sends the path as it stands; `fetch` would tidy it up first. */
function ask(path: string, options: RequestOptions = {}): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request({port, host: "127.0.0.1", path, agent: false, ...options}, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => done({status: response.statusCode!, headers: response.headers, body}));
    });
    sent.on("error", fail).end();
  });
}

it("serves the page at the root, with or without a query", async () => {
  for (const path of ["/", "/index.html", "/?prompt=a%20b", "/#/lab"]) {
    const {status, headers, body} = await ask(path);
    expect({status, body}).toEqual({status: 200, body: files["index.html"]});
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  }
});

it.each([
  ["/assets/app-AbCd_12-.js", "text/javascript; charset=utf-8"],
  ["/assets/ort.jspi-aB3dE6gH.wasm", "application/wasm"],
  ["/model/onnx/model.onnx_data", "application/octet-stream"],
  ["/model/name%20with%20space%20%C3%A9.txt", "text/plain; charset=utf-8"]
])("%s has its type and its length", async (path, type) => {
  const {status, headers, body} = await ask(path);
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe(type);
  expect(headers["content-length"]).toBe(String(Buffer.byteLength(body)));
});

it("sends the headers that WebAssembly threads need", async () => {
  const {headers} = await ask("/");
  expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  expect(headers["cross-origin-embedder-policy"]).toBe("require-corp");
});

it("sends a policy that allows no inline script or style, and nothing of another origin", async () => {
  for (const path of ["/", "/assets/app-AbCd_12-.js", "/no-such-file"]) {
    const {headers} = await ask(path);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|data:|\*/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
});

const BIG = "/assets/big-AbCd_12-.js";

it.each([
  ["gzip, deflate, br", "br", "brotli"],
  ["gzip", "gzip", "gzip"],
  ["identity", undefined, "0123456789"],
  [undefined, undefined, "0123456789"]
])(
  "a reader that accepts %s gets that, of its length and with a tag of its own",
  async (accepts, encoding, sent) => {
    const {status, headers, body} = await ask(BIG, {headers: accepts ? {"accept-encoding": accepts} : {}});
    expect({status, body}).toEqual({status: 200, body: sent});
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers["content-length"]).toBe(String(sent.length));
    expect(headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(headers["cache-control"]).toMatch(/immutable/);
    expect(headers.vary).toBe("Accept-Encoding");
    const etag = String(headers.etag);
    const again = await ask(BIG, {headers: {"accept-encoding": accepts ?? "", "if-none-match": etag}});
    expect(again.status).toBe(304);
    const other = await ask(BIG, {headers: {"accept-encoding": encoding ? "" : "br", "if-none-match": etag}});
    expect(other.status).toBe(200);
  }
);

it("does not vary what lies there in one encoding only", async () => {
  const {headers} = await ask("/", {headers: {"accept-encoding": "br"}});
  expect(headers.vary).toBeUndefined();
  expect(headers["content-encoding"]).toBeUndefined();
});

it.each([
  ["bytes=2-4", 206, "bytes 2-4/10", "234"],
  ["bytes=7-", 206, "bytes 7-9/10", "789"],
  ["bytes=-2", 206, "bytes 8-9/10", "89"],
  ["bytes=2-4,6-7", 200, undefined, "0123456789"]
])("%s is of the file as it is, also where it lies compressed", async (range, expected, place, part) => {
  const {status, headers, body} = await ask(BIG, {headers: {range, "accept-encoding": "br"}});
  expect({status, body}).toEqual({status: expected, body: part});
  expect(headers["content-range"]).toBe(place);
  expect(headers["content-length"]).toBe(String(part.length));
  expect(headers["content-encoding"]).toBeUndefined();
});

it("refuses a range behind the end, and sends the whole of a file that is another by now", async () => {
  const outside = await ask(BIG, {headers: {range: "bytes=10-"}});
  expect(outside.status).toBe(416);
  expect(outside.headers["content-range"]).toBe("bytes */10");
  const stale = await ask(BIG, {headers: {range: "bytes=2-4", "if-range": '"older"'}});
  expect({status: stale.status, body: stale.body}).toEqual({status: 200, body: "0123456789"});
  const {headers} = await ask(BIG);
  const same = await ask(BIG, {headers: {range: "bytes=2-4", "if-range": String(headers.etag)}});
  expect({status: same.status, body: same.body}).toEqual({status: 206, body: "234"});
});

it("lets a browser keep what has a hash in its name, and asks about the rest", async () => {
  expect((await ask("/assets/app-AbCd_12-.js")).headers["cache-control"]).toMatch(/immutable/);
  const first = await ask("/model/onnx/model.onnx_data");
  expect(first.headers["cache-control"]).toBe("no-cache");
  const etag = String(first.headers["etag"]);
  const again = await ask("/model/onnx/model.onnx_data", {headers: {"if-none-match": etag}});
  expect({status: again.status, body: again.body}).toEqual({status: 304, body: ""});
});

it.each([
  "/../outside.txt",
  "/%2e%2e/outside.txt",
  "/..%2foutside.txt",
  "/model/../../outside.txt",
  "/model/..%2f..%2foutside.txt",
  "/../site-too/file.txt",
  "//../outside.txt",
  "/..%5coutside.txt",
  "/%2e%2e%5coutside.txt",
  "/.secret",
  "/model/.hidden/file.txt",
  "/index.html%00.txt",
  "/%E0%A4%A",
  `${join(outside, "outside.txt")}`,
  "/model",
  "/model/",
  "/assets/app.js"
])("%s is not served", async (path) => {
  const {status, body} = await ask(path);
  expect([400, 404]).toContain(status);
  expect(body).not.toContain("secret");
});

it("answers HEAD without a body and refuses what would write", async () => {
  const head = await ask("/", {method: "HEAD"});
  expect({status: head.status, body: head.body}).toEqual({status: 200, body: ""});
  expect(head.headers["content-length"]).toBe(String(files["index.html"].length));
  const post = await ask("/", {method: "POST"});
  expect(post.status).toBe(405);
  expect(post.headers.allow).toBe("GET, HEAD");
});

it("takes the next port where one is taken", async () => {
  const taken = createServer();
  const first = await listen(taken, 0);
  const next = staticServer(site);
  const second = await listen(next, first);
  expect(second).toBeGreaterThan(first);
  taken.close();
  next.close();
});

it("knows types by the end of a name", () => {
  expect(contentType("model/tokenizer.json")).toBe("application/json; charset=utf-8");
  expect(contentType("fonts/serif.WOFF2")).toBe("font/woff2");
  expect(contentType("model/onnx/inspect.onnx")).toBe("application/octet-stream");
  expect(contentType("LICENSE")).toBe("application/octet-stream");
});

it("calls only built files immutable", () => {
  expect(cacheControl("assets/index-BkTf3a_x.css")).toMatch(/immutable/);
  for (const path of ["index.html", "model/config.json", "model/assets/a-12345678.json", "assets/plain.js"])
    expect(cacheControl(path)).toBe("no-cache");
});
