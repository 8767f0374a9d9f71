import {createReadStream} from "node:fs";
import {stat} from "node:fs/promises";
import {createServer} from "node:http";
import {join, resolve, sep} from "node:path";
import {pipeline} from "node:stream";
import {headersFor} from "./headers.js";
import {chooseEncoding, ENCODINGS, hasTag, readRange} from "./negotiate.js";

/**
 * A small static file server: GET and HEAD, right types and lengths, files that lie compressed beside themselves
 * sent so, one range of bytes, 304 for what the browser has; nothing outside the folder and nothing whose name begins
 * with a dot.
 *
 * @param root the folder to serve
 */
export function staticServer(root) {
  const folder = resolve(root);
  return createServer((request, response) => {
    answer(folder, request, response).catch(() => refuse(response, 500, "something went wrong here"));
  });
}

/**
 * Listens on the first free port from `port` on.
 *
 * @param port 0 takes any free one
 * @returns the port
 */
export async function listen(server, port, host = "127.0.0.1") {
  for (let candidate = port; ; ++candidate) {
    try {
      await new Promise((done, fail) => {
        server.once("error", fail);
        server.listen(candidate, host, () => {
          server.off("error", fail);
          done();
        });
      });
      return server.address().port;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || candidate >= Math.min(port + 99, 65535)) throw error;
    }
  }
}

async function answer(folder, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "only GET and HEAD");
  }
  const path = pathOf(request.url);
  if (path === null) return refuse(response, 400, "that is not a path");
  const found = path.split("/").some((name) => name.startsWith(".")) ? null : await find(folder, path);
  if (!found) return refuse(response, 404, "there is no such file");
  send(found, request, response);
}

/** The path asked for, without query and leading slash, or null where it cannot be one. */
function pathOf(url) {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
    return path.startsWith("/") && !/[\0\\]/.test(path) ? path.replace(/^\/+/, "") : null;
  } catch {
    return null;
  }
}

/** The file that a path means (of a folder its index.html) with the encodings that lie beside it, or null. */
async function find(folder, path) {
  const name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const file = join(folder, name);
  if (!file.startsWith(folder + sep)) return null;
  const info = await statFile(file);
  if (!info) return null;
  const beside = await Promise.all(Object.values(ENCODINGS).map((end) => statFile(file + end)));
  const encoded = Object.keys(ENCODINGS).flatMap((name, i) => (beside[i] ? [[name, beside[i]]] : []));
  return {file, name, info, encoded: new Map(encoded)};
}

async function statFile(file) {
  const info = await stat(file).catch(() => null);
  return info?.isFile() ? info : null;
}

/** Ranges are of the file as it is; whole files go out in the best encoding that lies ready. */
function send({file, name, info, encoded}, {method, headers: asked}, response) {
  const isRange = method === "GET" && asked.range !== undefined;
  const encoding = isRange ? "identity" : chooseEncoding(asked["accept-encoding"], [...encoded.keys()]);
  const {size} = encoded.get(encoding) ?? info;
  const etag = tagOf(info, encoding);
  const headers = {
    ...headersFor(name),
    ETag: etag,
    "Last-Modified": info.mtime.toUTCString(),
    "Accept-Ranges": "bytes",
    ...(encoded.size > 0 && {Vary: "Accept-Encoding"}),
    ...(encoding !== "identity" && {"Content-Encoding": encoding})
  };
  if (hasTag(asked["if-none-match"], etag)) return response.writeHead(304, headers).end();
  const range = isRange && isSame(asked["if-range"], etag) ? readRange(asked.range, size) : null;
  if (range === "outside")
    return refuse(response, 416, "the file ends before that", {"Content-Range": `bytes */${size}`});
  const {from, to} = range ?? {from: 0, to: size};
  if (range) headers["Content-Range"] = `bytes ${from}-${to - 1}/${size}`;
  response.writeHead(range ? 206 : 200, {...headers, "Content-Length": to - from});
  if (method === "HEAD" || from === to) return response.end();
  const stream = createReadStream(file + (ENCODINGS[encoding] ?? ""), {start: from, end: to - 1});
  pipeline(stream, response, () => {}); // a reader that went away is no error
}

/** Each encoding is an answer of its own, so its tag is too. */
function tagOf({size, mtimeMs}, encoding) {
  const end = encoding === "identity" ? "" : `-${encoding}`;
  return `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}${end}"`;
}

/** Whether a part still belongs to what the reader has; a date in place of a tag is not compared. */
const isSame = (ifRange, etag) => ifRange === undefined || ifRange === etag;

function refuse(response, status, sentence, headers = {}) {
  if (response.headersSent) return response.destroy();
  const body = `${status}: ${sentence}\n`;
  const length = Buffer.byteLength(body);
  response.writeHead(status, {...headersFor("refusal.txt"), ...headers, "Content-Length": length});
  response.end(body);
}
