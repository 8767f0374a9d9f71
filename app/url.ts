import {
  branchRequest,
  checkRequest,
  defaultRequest,
  InvalidRequest,
  parseBranch,
  parseRequest,
  printBranch,
  printRequest,
  type Branch,
  type Request
} from "../engine/index.ts";
import {languages} from "./i18n/strings.ts";
import {firstLooks, type Looks, type Theme} from "./looks.ts";
import {wrongNumber} from "./urlNumbers.ts";
import {parseLanguage, parseLooks, parseTheme, printLooks} from "./urlLooks.ts";

export type Page =
  | {readonly name: "lab"}
  | {readonly name: "notebook"; readonly lesson: string | null}
  /** `asking`: what the next stage will do is still a question. */
  | {readonly name: "present"; readonly asking: boolean};

/** What a link restores. */
export type Place = {
  readonly page: Page;
  /** Of the root. */
  readonly request: Request;
  /** From the root to the branch in view. */
  readonly branches: readonly Branch[];
  /** An event of that branch; -1: nothing has been run yet. */
  readonly cursor: number;
  readonly looks: Looks;
  readonly language: string;
  /** "system" where the reader chose none. */
  readonly theme: Theme;
};

/** A place whose other parts are as usual. */
export type PartOfPlace = Pick<Place, "page" | "request" | "cursor"> & Partial<Place>;

/** The language of a link that names none. */
export const firstLanguage = "en";

/**
 * The part of the address behind "#", which browsers send to no server.
 * "#/lab?v=1&prompt=Hello&branch=12~force~834&at=12", "#/present?v=1&at=12&ask=1", "#/notebook/LESSON".
 */
export function printPlace(place: PartOfPlace): string {
  const {page, request, branches = [], cursor, looks = firstLooks} = place;
  const common = new URLSearchParams();
  if ((place.language ?? firstLanguage) !== firstLanguage) common.set("lang", place.language!);
  if ((place.theme ?? "system") !== "system") common.set("theme", place.theme!);
  if (page.name === "notebook") {
    const lesson = page.lesson === null ? "" : `/${encodeURIComponent(page.lesson)}`;
    return `#/notebook${lesson}${common.size > 0 ? `?${common}` : ""}`;
  }
  const query = new URLSearchParams(printRequest(request));
  let parent = request;
  for (const branch of branches) {
    query.append("branch", printBranch(parent, branch));
    parent = branchRequest(parent, branch);
  }
  if (cursor >= 0) query.set("at", String(cursor));
  if (page.name === "present" && page.asking) query.set("ask", "1");
  for (const [key, value] of [...printLooks(looks), ...common]) query.set(key, value);
  return `#/${page.name}?${query}`;
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
  const page = pageOf(name ?? "", lesson ?? "", query);
  try {
    return {page, ...parseQuery(query), problem: null};
  } catch (error) {
    return {page, ...usual, problem: problemOf(error, query)};
  }
}

/** What is wrong with a link, in the language that is then the page's. */
function problemOf(error: unknown, query: string): string {
  const {errors} = languages[firstLanguage]!;
  const number = wrongNumber(new URLSearchParams(query));
  return number ? errors.linkNumber(number) : errors.linkOther(messageOf(error));
}

const messageOf = (error: unknown): string =>
  error instanceof InvalidRequest ? error.message : String(error);

const usual: Omit<Place, "page"> = {
  request: defaultRequest,
  branches: [],
  cursor: -1,
  looks: firstLooks,
  language: firstLanguage,
  theme: "system"
};

/** @throws InvalidRequest */
function parseQuery(text: string): Omit<Place, "page"> {
  const query = new URLSearchParams(text);
  const request = parseRequest(text);
  return {
    request,
    branches: parseBranches(request, query.getAll("branch")),
    cursor: parseCursor(query),
    looks: parseLooks(query),
    language: parseLanguage(query.get("lang") ?? firstLanguage, Object.keys(languages)),
    theme: parseTheme(query.get("theme") ?? "system")
  };
}

function parseBranches(root: Request, texts: readonly string[]): readonly Branch[] {
  let parent = root;
  return texts.map((text) => {
    const branch = parseBranch(parent, text);
    parent = branchRequest(parent, branch);
    return branch;
  });
}

function pageOf(name: string, lesson: string, query: string): Page {
  if (name === "present") return {name, asking: new URLSearchParams(query).get("ask") === "1"};
  if (name !== "notebook") return {name: "lab"};
  return {name: "notebook", lesson: lesson === "" ? null : decode(lesson)};
}

function parseCursor(query: URLSearchParams): number {
  const at = query.get("at");
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
