import {createReadStream} from "node:fs";
import {stat} from "node:fs/promises";
import {createServer} from "node:http";
import {join, resolve, sep} from "node:path";
import {pipeline} from "node:stream";
import {headersFor} from "./headers.js";

/**
 * A small static file server: GET and HEAD, right types and lengths, 304 for what the browser has, nothing outside
 * the folder and nothing whose name begins with a dot.
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

/** The file that a path means (of a folder its index.html), or null. */
async function find(folder, path) {
  const name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const file = join(folder, name);
  if (!file.startsWith(folder + sep)) return null;
  const info = await stat(file).catch(() => null);
  return info?.isFile() ? {file, name, info} : null;
}

function send({file, name, info}, request, response) {
  const etag = `"${info.size.toString(36)}-${Math.trunc(info.mtimeMs).toString(36)}"`;
  const headers = {...headersFor(name), ETag: etag, "Last-Modified": info.mtime.toUTCString()};
  if (request.headers["if-none-match"]?.split(/\s*,\s*/).includes(etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {...headers, "Content-Length": info.size});
  if (request.method === "HEAD") response.end();
  else pipeline(createReadStream(file), response, () => {}); // a reader that went away is no error
}

function refuse(response, status, sentence) {
  if (response.headersSent) return response.destroy();
  const body = `${status}: ${sentence}\n`;
  response.writeHead(status, {...headersFor("refusal.txt"), "Content-Length": Buffer.byteLength(body)});
  response.end(body);
}
