import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import {listen, staticServer} from "../../scripts/server.js";
import {dist} from "../../scripts/setup.js";
import {serves} from "./browser.ts";

/** What a browser asked for, and what it was sent. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
  status: number;
  bytes: number;
};

/** The built app served as `npm start` does, by a server that counts, breaks off and goes away. */
export type CountingServer = {
  readonly url: string;
  readonly asked: Asked[];
  /** Bytes of a file's body after which the connection breaks, or falls silent; one for each answer. */
  readonly breaks: Map<string, number[]>;
  silent: boolean;
  /** Nothing answers from now on. */
  close(): Promise<void>;
};

export async function countingServer(): Promise<CountingServer> {
  const files = staticServer(dist);
  const asked: Asked[] = [];
  const breaks = new Map<string, number[]>();
  const state = {silent: false};
  const server = createServer((request, response) => {
    const path = new URL(request.url!, "http://here").pathname.slice(1);
    const entry = {method: request.method!, path, range: request.headers.range ?? null, status: 0, bytes: 0};
    asked.push(entry);
    count(request, response, entry, {
      most: breaks.get(path)?.shift() ?? Infinity,
      isSilent: () => state.silent
    });
    files.emit("request", request, response);
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}/`;
  serves(url);
  return {
    url,
    asked,
    breaks,
    get silent() {
      return state.silent;
    },
    set silent(silent) {
      state.silent = silent;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      })
  };
}

type Limit = {readonly most: number; readonly isSilent: () => boolean};

function count(
  request: IncomingMessage,
  response: ServerResponse,
  entry: Asked,
  {most, isSilent}: Limit
): void {
  const write = response.write.bind(response) as (chunk: Buffer, ...rest: unknown[]) => boolean;
  response.write = ((chunk: Buffer, ...rest: unknown[]) => {
    entry.status = response.statusCode;
    const room = most - entry.bytes;
    if (room <= 0) return false;
    const sent = chunk.subarray(0, Math.min(chunk.length, room));
    entry.bytes += sent.length;
    const wrote = write(sent, ...rest);
    if (entry.bytes < most) return wrote;
    if (!isSilent()) setTimeout(() => request.socket.destroy(), 50);
    return false;
  }) as typeof response.write;
  response.on("finish", () => (entry.status = response.statusCode));
}
