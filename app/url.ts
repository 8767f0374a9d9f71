import {checkRequest, defaultRequest, InvalidRequest, parseRequest, printRequest} from "../engine/index.ts";
import type {Request} from "../engine/index.ts";

export type Page = {readonly name: "lab"} | {readonly name: "notebook"; readonly lesson: string | null};

/** What a link restores. `cursor` -1: nothing has been run yet. */
export type Place = {readonly page: Page; readonly request: Request; readonly cursor: number};

/**
 * The part of the address behind "#", which browsers send to no server.
 * "#/lab?v=1&prompt=Hello&at=12", "#/notebook/LESSON".
 */
export function printPlace({page, request, cursor}: Place): string {
  if (page.name === "notebook")
    return page.lesson === null ? "#/notebook" : `#/notebook/${encodeURIComponent(page.lesson)}`;
  return `#/lab?${printRequest(request)}${cursor >= 0 ? `&at=${cursor}` : ""}`;
}

/** Whether a request can stand in a link: only what `readPlace` would read again. */
export function isPrintable(request: Request): boolean {
  try {
    checkRequest(request);
    return true;
  } catch {
    return false;
  }
}

/** The reverse of `printPlace`. What cannot be read becomes the defaults, and a sentence in `problem`. */
export function readPlace(hash: string): Place & {readonly problem: string | null} {
  const [path = "", query = ""] = splitOnce(hash.replace(/^#\/?/, ""), "?");
  const [name, lesson] = path.split("/");
  const page = pageOf(name ?? "", lesson ?? "");
  try {
    return {page, request: parseRequest(query), cursor: parseCursor(query), problem: null};
  } catch (error) {
    const problem = error instanceof InvalidRequest ? error.message : String(error);
    return {page, request: defaultRequest, cursor: -1, problem};
  }
}

function pageOf(name: string, lesson: string): Page {
  if (name !== "notebook") return {name: "lab"};
  return {name: "notebook", lesson: lesson === "" ? null : decode(lesson)};
}

function parseCursor(query: string): number {
  const at = new URLSearchParams(query).get("at");
  if (at === null) return -1;
  if (!/^\d{1,7}$/.test(at))
    throw new InvalidRequest("at", `at must be a whole number of stages, got ${JSON.stringify(at)}`);
  return Number(at);
}

/** A percent sign that begins nothing is left as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
