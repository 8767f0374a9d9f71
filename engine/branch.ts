import {InvalidRequest} from "./errors.ts";
import {checkRequest, defaultRequest, parseRequest, printRequest, type Request} from "./request.ts";
import {position, tokenId, type Position, type TokenId} from "./tokenizer/vocabulary.ts";

/** What of a request a branch may change: all but the prompt, the model and where it is computed. */
export const branchSettings = [
  "warpers",
  "strategy",
  "seed",
  "maxNewTokens",
  "maxLength",
  "stopStrings",
  "cache"
] as const satisfies readonly (keyof Request)[];

export type BranchSettings = Pick<Request, (typeof branchSettings)[number]>;

/** What makes a branch another story: one token put in place of the one picked, or other settings from here on. */
export type Change =
  | {readonly kind: "force"; readonly tokenId: TokenId}
  | {readonly kind: "settings"; readonly settings: Partial<BranchSettings>};

/** A branch as it is written down: `at` is the position of the first token that can differ from its parent's. */
export type Branch = {readonly at: Position; readonly change: Change};

/** The request of a branch. Tokens that the parent forced from `at` on are the parent's story, not the branch's. */
export function branchRequest(parent: Request, {at, change}: Branch): Request {
  const forced = parent.forced.filter((f) => f.position < at);
  if (change.kind === "force")
    return {...parent, forced: [...forced, {position: at, tokenId: change.tokenId}]};
  return {...parent, ...change.settings, forced};
}

/** The settings in which a request differs from another one; empty where a branch would change nothing. */
export function changedSettings(from: Request, to: Request): Partial<BranchSettings> {
  const changed = branchSettings.filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]));
  return Object.fromEntries(changed.map((key) => [key, to[key]]));
}

/** "12~force~834", or "12~set~" and the settings after the change, as in a request's link. */
export function printBranch(parent: Request, branch: Branch): string {
  const {at, change} = branch;
  if (change.kind === "force") return `${at}~force~${change.tokenId}`;
  const {prompt, model, backend} = defaultRequest;
  return `${at}~set~${printRequest({...branchRequest(parent, branch), prompt, model, backend, forced: []})}`;
}

/** The reverse of `printBranch`. @throws InvalidRequest */
export function parseBranch(parent: Request, text: string): Branch {
  const [, at, kind, value] = /^(\d{1,7})~(force|set)~(.*)$/s.exec(text) ?? [];
  if (at === undefined || value === undefined)
    throw new InvalidRequest(
      "branch",
      `a branch is written position~force~id or position~set~settings, got ${JSON.stringify(text)}`
    );
  if (kind === "set") {
    const settings = changedSettings(parent, parseRequest(value));
    return {at: position(Number(at)), change: {kind: "settings", settings}};
  }
  if (!/^\d{1,7}$/.test(value))
    throw new InvalidRequest("branch", `the token of a branch is an id, got ${JSON.stringify(value)}`);
  const branch: Branch = {at: position(Number(at)), change: {kind: "force", tokenId: tokenId(Number(value))}};
  checkRequest(branchRequest(parent, branch));
  return branch;
}
