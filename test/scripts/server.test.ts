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
