import type {BranchNode} from "../../../../app/tree.ts";
import {
  branchPointOf,
  branchRequest,
  collect,
  generate,
  position,
  resumeAt,
  RunCache,
  tokenId,
  warper,
  type Change,
  type Request,
  type TokenId,
  type Trace
} from "../../../../engine/index.ts";
import {
  fakeTokenizer,
  loadEvent,
  requestOf,
  scriptedDecoder,
  type Entry,
  type ScriptedDecoder
} from "../../../engine/scriptedDecoder.ts";

/** What may follow what, the likelier first; what has no line here is followed by a full stop. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  Once: [" upon"],
  " upon": [" a"],
  " a": [" little", " big", " dragonfly-collecting-grandmother-of-old"],
  " little": [" girl", " boy", " fox", " bird", " 東京"],
  " big": [" fox", " boy"],
  " girl": [" named", " who", " and"],
  " boy": [" named", " who", " and"],
  " fox": [" who", " and", " named"],
  " bird": [" who", "."],
  " named": [" Lily", " Tim", " Amy"],
  " who": [" loved", " saw"],
  " and": [" a", " the"],
  " the": [" fox", " girl", " boy"],
  " Lily": [".", " loved"],
  " Tim": [".", " loved"],
  " Amy": [".", " loved"],
  " loved": [" the", " a"],
  " saw": [" a", " the"],
  ".": [" She", "\n", " The"],
  "\n": ["Once", " The"],
  " She": [" loved", " saw"],
  " The": [" fox", " bird", " girl"]
};
const WORDS = [...new Set([...Object.keys(FOLLOWS), ...Object.values(FOLLOWS).flat()])];
const ENTRIES: readonly Entry[] = [
  {special: "<|endoftext|>"},
  ...WORDS,
  " مرحبا",
  [0xf0, 0x9f],
  [0x91, 0xa9],
  [0xe2]
];

export const tokenizer = fakeTokenizer(ENTRIES);
export const vocabulary = tokenizer.vocabulary;

/** Id of a token by its text, or of one of the byte tokens by its first byte. */
export function idOf(token: string | number): TokenId {
  const at = vocabulary.findIndex(({text, bytes}) =>
    typeof token === "string" ? text === token : text === null && bytes[0] === token
  );
  if (at < 0) throw new Error(`no token ${token}`);
  return tokenId(at);
}

/** Logits of what follows the last token: the first of its list leads, all that is not in it stands far below. */
function script(sequence: readonly TokenId[]): readonly number[] {
  const following = FOLLOWS[vocabulary[sequence.at(-1)!]!.text ?? ""] ?? ["."];
  return vocabulary.map(({text}, id) => {
    const place = following.indexOf(text ?? "");
    return place < 0 ? -1 - 0.03 * id : 4 - 0.9 * place;
  });
}

export const decoder = (): ScriptedDecoder => scriptedDecoder(script, {vocabSize: vocabulary.length});

export const request: Request = requestOf({
  prompt: "Once upon a little",
  seed: 7,
  strategy: {name: "multinomial"},
  warpers: [warper("temperature", 0.8), warper("topK", 40), warper("topP", 0.95)],
  maxNewTokens: 16
});

/** What each run was computed with: kept, so that its branches share its past. */
const held = new WeakMap<Trace, {readonly by: ScriptedDecoder; readonly cache: RunCache}>();

/** A run of its own. */
export async function rootOf(overrides: Partial<Request> = {}, id = 0): Promise<BranchNode> {
  const whole = {...request, ...overrides};
  const by = decoder();
  const cache = new RunCache(by, whole.cache);
  const load = loadEvent(by.config);
  const trace = await collect(generate({request: whole, tokenizer, decoder: by, load, cache}));
  held.set(trace, {by, cache});
  return node({id, parent: null, at: null, change: null, request: whole, shared: 0}, trace);
}

/** A branch as a session makes it: the parent's events up to the pass, then what the engine yields from there. */
export async function branchOf(
  parent: BranchNode,
  id: number,
  at: number,
  change: Change
): Promise<BranchNode> {
  const point = branchPointOf(parent.trace, position(at))!;
  const own = branchRequest(parent.request, {at: position(at), change});
  const {by, cache: past} = held.get(parent.trace)!;
  const resume = resumeAt(parent.trace, point, own);
  const cache = past.branch(resume.tokenIds.length, own.cache, resume.passes);
  const load = loadEvent(by.config);
  const events = await collect(generate({request: own, tokenizer, decoder: by, load, cache, resume}));
  const shared = point + 1;
  const made = {id, parent: parent.id, at: position(at), change, request: own, shared};
  const trace = [...parent.trace.slice(0, shared), ...events];
  held.set(trace, {by, cache});
  return node(made, trace);
}

/** The same branch while it has only so many events. */
export const until = (whole: BranchNode, length: number): BranchNode => ({...whole, length});

const node = (made: Omit<BranchNode, "trace" | "length" | "imported">, trace: Trace): BranchNode => ({
  ...made,
  trace,
  length: trace.length,
  imported: false
});

export const force = (token: string | number): Change => ({kind: "force", tokenId: idOf(token)});

/** A run and three branches: a forced token, other settings, and a branch of the first. */
export async function madeTree(): Promise<readonly BranchNode[]> {
  const root = await rootOf();
  const fox = await branchOf(root, 1, 4, force(" fox"));
  const hot = await branchOf(root, 2, 8, {
    kind: "settings",
    settings: {warpers: [warper("temperature", 1.6), warper("topP", 0.95)]}
  });
  const saw = await branchOf(fox, 3, 6, force(" saw"));
  return [root, fox, hot, saw];
}

/** Twelve branches, each of the one before. */
export async function deepTree(): Promise<readonly BranchNode[]> {
  const nodes = [await rootOf()];
  const tokens = [
    " fox",
    " and",
    " the",
    " girl",
    " who",
    " saw",
    " a",
    " big",
    " boy",
    " named",
    " Amy",
    "."
  ];
  for (const [i, token] of tokens.entries())
    nodes.push(await branchOf(nodes[i]!, i + 1, 4 + i, force(token)));
  return nodes;
}

/** Branches by tokens that are hard to show. */
export async function oddTree(): Promise<readonly BranchNode[]> {
  const root = await rootOf({
    prompt: "Once upon a little girl and a little boy and a little fox and a big bird and a"
  });
  const length = root.trace.find((event) => event.stage === "tokenize")!.tokenIds.length;
  const odd = [
    " dragonfly-collecting-grandmother-of-old",
    "\n",
    0xf0,
    0xe2,
    " مرحبا",
    " 東京",
    "<|endoftext|>"
  ];
  const nodes = [root];
  for (const [i, token] of odd.entries()) nodes.push(await branchOf(root, i + 1, length + i, force(token)));
  return nodes;
}
