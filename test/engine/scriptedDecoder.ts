import type {Cache, Decoder, ForwardInput, Pass, Uploaded} from "../../engine/decoder.ts";
import {
  coin,
  collect,
  defaultRequest,
  generate,
  tokenId,
  type DecoderConfig,
  type EventOf,
  type LoadEvent,
  type Request,
  type Resume,
  type RunCache,
  type Stage,
  type TensorInfo,
  type TokenId,
  type Tokenizer,
  type Trace,
  type TraceEvent,
  type Vocabulary
} from "../../engine/index.ts";

/** The nth pass returns the nth row; or a row is computed from the sequence read and the number of the pass (from 1). */
export type Script =
  readonly (readonly number[])[] | ((sequence: readonly TokenId[], pass: number) => readonly number[]);

/** A decoder that answers from a script and counts what it is asked for. */
export type ScriptedDecoder = Decoder & {
  /** The input of every forward, in order. */
  readonly inputs: readonly ForwardInput[];
  /** What is held now, and how often a cache was copied. */
  readonly counts: {readonly caches: number; readonly uploads: number; readonly forks: number};
};

const BYTES_PER_POSITION = 16;

/** Holds the ids read instead of keys and values, of each sequence: so a pass knows its whole sequence. */
class ScriptedCache implements Cache {
  readonly layout = {nLayers: 1, nKvHeads: 1, dHead: 2};
  constructor(readonly sequences: readonly TokenId[][]) {}
  get batch() {
    return this.sequences.length;
  }
  get length() {
    return this.sequences[0]!.length;
  }
  get bytes() {
    return this.length * this.batch * BYTES_PER_POSITION;
  }
}

export const scriptedConfig: DecoderConfig = {
  nLayers: 1,
  nHeads: 1,
  nKvHeads: 1,
  dModel: 2,
  dHead: 2,
  dMlp: 2,
  vocabSize: 8,
  maxPositions: 512,
  eosTokenIds: [tokenId(0)]
};

export function scriptedDecoder(script: Script, config: Partial<DecoderConfig> = {}): ScriptedDecoder {
  const inputs: ForwardInput[] = [];
  const caches = new Map<Cache, number>();
  const uploads = new Set<Uploaded>();
  let forks = 0;
  const {vocabSize} = {...scriptedConfig, ...config};

  function rowOf(sequence: readonly TokenId[]): readonly number[] {
    const row = typeof script === "function" ? script(sequence, inputs.length) : script[inputs.length - 1];
    if (!row) throw new Error(`the script has only ${script.length} passes`);
    return row;
  }

  /** Which sequence of the past each sequence of the pass continues. */
  function rowsContinued({past, batch, continues}: ForwardInput): readonly number[] {
    if (past && !caches.has(past.cache)) throw new Error("this cache was freed");
    const held = past?.cache.batch ?? batch;
    const rows = continues ?? Array.from({length: batch}, (_, row) => (held === 1 ? 0 : row));
    if (rows.length !== batch || rows.some((row) => row >= held))
      throw new Error("no such sequences in the past");
    return rows;
  }

  /** The cache that a pass leaves: the same one where the pass continues all of it, else a copy. */
  function extended(input: ForwardInput): ScriptedCache {
    const {past, batch} = input;
    const before = past?.cache as ScriptedCache | undefined;
    const rows = rowsContinued(input);
    const inPlace = before?.batch === batch && rows.every((row, place) => row === place);
    if (before && inPlace && past?.length === before.length) return before;
    if (before) ++forks;
    const cache = new ScriptedCache(rows.map((row) => before?.sequences[row]!.slice(0, past!.length) ?? []));
    caches.set(cache, 1);
    return cache;
  }

  return {
    config: {...scriptedConfig, ...config},
    backend: {name: "wasm", device: "script", why: "tests need no device"},
    inputs,
    get counts() {
      return {caches: caches.size, uploads: uploads.size, forks};
    },
    taps: (n, past) => [{name: "blocks.0.attn.hook_pattern", shape: [1, n, past + n]}],
    upload(input) {
      const tensor = (name: string, n: number): TensorInfo => ({
        name,
        type: "int64",
        shape: [n],
        bytes: 8 * n
      });
      const n = input.tokenIds.length;
      const uploaded: Uploaded = {
        tensors: [tensor("input_ids", n), tensor("position_ids", n)],
        measured: {ms: Math.random(), device: "script"},
        release: () => void uploads.delete(uploaded)
      };
      uploads.add(uploaded);
      return Promise.resolve(uploaded);
    },
    async forward(input, uploaded): Promise<Pass> {
      await Promise.resolve();
      inputs.push(input);
      if (uploaded && !uploads.delete(uploaded)) throw new Error("these inputs were used or freed already");
      const {tokenIds, positions, past, batch, rows, taps = []} = input;
      const n = tokenIds.length / batch;
      if (!("from" in positions) || positions.from !== (past?.length ?? 0))
        throw new Error("the positions do not continue the past");
      if (positions.to - positions.from !== n) throw new Error("as many positions as tokens");
      const sequences = rowsContinued(input).map((row, place) => [
        ...(past ? (past.cache as ScriptedCache).sequences[row]!.slice(0, past.length) : []),
        ...tokenIds.slice(place * n, (place + 1) * n)
      ]);
      const logits = sequences.flatMap((sequence) =>
        rows.flatMap((row) => rowOf(sequence.slice(0, positions.from + row + 1)))
      );
      const cache = extended(input);
      cache.sequences.forEach((held, place) => held.push(...tokenIds.slice(place * n, (place + 1) * n)));
      const all = sequences.flat();
      return {
        passId: inputs.length,
        logits: Float32Array.from(logits),
        past: {cache, length: cache.length},
        taps: new Map(taps.map((name) => [name, {name, shape: [all.length], data: Float32Array.from(all)}])),
        fetched: [
          {
            name: "logits",
            type: "float32",
            shape: [batch * rows.length, vocabSize],
            bytes: 4 * logits.length
          },
          ...taps.map(
            (name) => ({name, type: "float32", shape: [all.length], bytes: 4 * all.length}) as const
          )
        ],
        measured: {forward: {ms: Math.random(), device: "script"}}
      };
    },
    share: (past) => {
      caches.set(past.cache, caches.get(past.cache)! + 1);
      return past;
    },
    release: ({cache}) => {
      const handles = caches.get(cache) ?? 0;
      if (handles > 1) caches.set(cache, handles - 1);
      else caches.delete(cache);
    }
  };
}

/** A row in which `id` is the most probable, the others less and less so. */
export const favours = (id: number, vocabSize = scriptedConfig.vocabSize): readonly number[] =>
  Array.from({length: vocabSize}, (_, i) => (i === id ? 4 : -0.1 * i));

/** Rows that depend on every id read, in order, and on nothing else. They never end the sequence (id 0). */
export const hashed =
  (vocabSize = scriptedConfig.vocabSize): Script =>
  (sequence) => {
    const hash = sequence.reduce((h, id, at) => (Math.imul(h, 31) + id * (at + 1)) >>> 0, 7);
    return Array.from({length: vocabSize}, (_, id) => (id === 0 ? -Infinity : 8 * coin(hash, id, 0) - 4));
  };

/** A token is the UTF-8 of a string, some bytes, or a special token that is never shown. */
export type Entry = string | readonly number[] | {readonly special: string};

const utf8 = new TextEncoder();
const decodeUtf8 = (bytes: readonly number[]) =>
  new TextDecoder("utf-8", {ignoreBOM: true}).decode(Uint8Array.from(bytes));

/** End of sequence, letters, and an "é" in two halves. Token ids are places in this list. */
export const entries: readonly Entry[] = [{special: "<eos>"}, "a", "b", " ", [0xc3], [0xa9], "ab.", "."];

/** Splits by the longest token that fits; holds back bytes of an incomplete character. */
export function fakeTokenizer(list: readonly Entry[] = entries): Tokenizer {
  const vocabulary: Vocabulary = list.map((entry) => {
    if (typeof entry === "string") return {bytes: [...utf8.encode(entry)], text: entry, special: false};
    if ("special" in entry) return {bytes: [], text: entry.special, special: true};
    return {bytes: entry, text: null, special: false};
  });
  const bytesOf = (id: TokenId) => vocabulary[id]!.bytes;

  function longestAt(bytes: readonly number[], at: number): TokenId {
    let best = -1;
    for (const [id, entry] of vocabulary.entries())
      if (
        entry.bytes.length > (best < 0 ? 0 : vocabulary[best]!.bytes.length) &&
        entry.bytes.every((byte, i) => byte === bytes[at + i])
      )
        best = id;
    if (best < 0) throw new Error(`no token begins with byte ${bytes[at]}`);
    return tokenId(best);
  }

  return {
    vocabulary,
    encode(text) {
      const bytes = [...utf8.encode(text)];
      const tokenIds: TokenId[] = [];
      for (let at = 0; at < bytes.length; at += bytesOf(tokenIds.at(-1)!).length)
        tokenIds.push(longestAt(bytes, at));
      return {text, preTokens: [], tokenIds, offsets: []};
    },
    detokenize: (tokenIds) => decodeUtf8(tokenIds.flatMap(bytesOf)),
    detokenizer() {
      let heldBack: readonly number[] = [];
      return {
        push(id) {
          const bytes = [...heldBack, ...bytesOf(id)];
          const whole = bytes.length - incompleteTail(bytes);
          heldBack = bytes.slice(whole);
          return {text: decodeUtf8(bytes.slice(0, whole)), heldBack};
        },
        flush() {
          const rest = heldBack;
          heldBack = [];
          return decodeUtf8(rest);
        }
      };
    },
    find: (text) => {
      const id = vocabulary.findIndex((entry) => entry.text === text);
      return id < 0 ? undefined : tokenId(id);
    }
  };
}

/** How many bytes at the end begin a character and do not finish it. */
function incompleteTail(bytes: readonly number[]): number {
  for (let tail = 1; tail <= Math.min(3, bytes.length); ++tail) {
    const byte = bytes[bytes.length - tail]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > tail ? tail : 0;
  }
  return 0;
}

export const loadEvent = (config: DecoderConfig = scriptedConfig): LoadEvent => ({
  stage: "load",
  model: "script",
  config,
  parameters: 0,
  tensors: [],
  files: [],
  backend: {name: "wasm", device: "script", why: "tests need no device"},
  selfCheck: null
});

/** Greedy on "ab" without warpers, unless told otherwise. */
export const requestOf = (overrides: Partial<Request> = {}): Request => ({
  ...defaultRequest,
  prompt: "ab",
  warpers: [],
  strategy: {name: "greedy"},
  maxNewTokens: 3,
  ...overrides
});

export type RunOptions = {
  readonly decoder: ScriptedDecoder;
  readonly tokenizer?: Tokenizer;
  readonly signal?: AbortSignal;
  readonly cache?: RunCache;
  readonly resume?: Resume;
};

/** The events of a request on a scripted decoder. */
export function eventsOf(overrides: Partial<Request>, {decoder, tokenizer, ...rest}: RunOptions) {
  return generate({
    request: requestOf(overrides),
    tokenizer: tokenizer ?? fakeTokenizer(),
    decoder,
    load: loadEvent(decoder.config),
    ...rest
  });
}

export const traceOf = (overrides: Partial<Request>, options: RunOptions): Promise<Trace> =>
  collect(eventsOf(overrides, options));

/** The events of one stage. */
export const of = <S extends Stage>(trace: Trace, stage: S): readonly EventOf<S>[] =>
  trace.filter((event): event is EventOf<S> => event.stage === stage);

export const stages = (trace: Trace): string => trace.map((event) => event.stage).join(" ");

/** What two traces of one request have in common: all but the wall-clock values. */
export const withoutMeasured = (trace: Trace): readonly Omit<TraceEvent, "measured">[] =>
  trace.map(({measured: _, ...event}) => event);
