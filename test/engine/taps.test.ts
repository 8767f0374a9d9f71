import {expect, it} from "vitest";
import {
  collect,
  generate,
  InvalidRequest,
  PassDiffers,
  passAgain,
  RunCache,
  tokenId,
  type PassEvent,
  type TokenId,
  type Trace
} from "../../engine/index.ts";
import {fakeTokenizer, hashed, loadEvent, requestOf, scriptedDecoder} from "./scriptedDecoder.ts";

const TAP = "blocks.0.attn.hook_pattern";

const logitsAfter = hashed() as (ids: readonly TokenId[], pass: number) => readonly number[];

async function run(cacheOn = true) {
  const decoder = scriptedDecoder(hashed());
  const cache = new RunCache(decoder, cacheOn);
  const request = requestOf({maxNewTokens: 4, cache: cacheOn});
  const trace = await collect(
    generate({request, tokenizer: fakeTokenizer(), decoder, load: loadEvent(), cache})
  );
  const ids = trace.flatMap((event) =>
    event.stage === "tokenize" ? event.tokenIds : event.stage === "append" ? [event.tokenId] : []
  );
  return {decoder, cache, trace, ids};
}
const passesOf = (trace: Trace) =>
  trace.filter((event): event is PassEvent => event.stage === "prefill" || event.stage === "decode");

it.each([true, false])("any pass of a run can be asked again, with the cache %s", async (cacheOn) => {
  const {decoder, cache, trace, ids} = await run(cacheOn);
  const held = decoder.counts.caches;
  for (const pass of passesOf(trace)) {
    const {taps, logits} = await passAgain(decoder, pass, ids, cache.past, [TAP]);
    expect(logits).toEqual(pass.logits);
    expect([...taps[0]!.data]).toEqual(ids.slice(0, pass.positions.to));
    expect(decoder.counts.caches).toBe(held);
  }
  expect(cache.past?.length).toBe(cacheOn ? 5 : undefined);
  cache.free();
  expect(decoder.counts.caches).toBe(0);
});

it("a step is asked again from the cache cut back to its start: only its own position is fed", async () => {
  const {decoder, cache, trace, ids} = await run();
  const before = decoder.inputs.length;
  await passAgain(decoder, passesOf(trace)[1]!, ids, cache.past, [TAP]);
  expect(decoder.inputs.slice(before).map(({positions}) => positions)).toEqual([{from: 2, to: 3}]);
});

it("works without a cache, and with one that is too short: what came before runs again", async () => {
  const {decoder, cache, trace, ids} = await run();
  const last = passesOf(trace).at(-1)!;
  const short = {cache: cache.past!.cache, length: 1};
  for (const past of [null, short]) {
    const before = decoder.inputs.length;
    expect((await passAgain(decoder, last, ids, past, [TAP])).logits).toEqual(last.logits);
    expect(decoder.inputs.slice(before).map(({positions}) => positions)).toEqual([
      {from: 0, to: 4},
      {from: 4, to: 5}
    ]);
    expect(decoder.counts.caches).toBe(1);
  }
});

it("at the cache's tip it extends the run's own cache and does not free it", async () => {
  const {decoder, cache, trace, ids} = await run();
  const logits = Float32Array.from(logitsAfter(ids, 0));
  const next = {...passesOf(trace).at(-1)!, logits, positions: {from: 5, to: 6}, rows: [0]};
  await passAgain(decoder, next, ids, cache.past, [TAP]);
  expect(decoder.counts).toEqual({caches: 1, uploads: 0, forks: 0});
  const again = {
    tokenIds: [tokenId(1)],
    positions: {from: 5, to: 6},
    bias: null,
    past: cache.past,
    rows: [0],
    batch: 1
  };
  cache.take((await decoder.forward(again)).past); // forks, since the tip has moved
  expect(decoder.counts).toEqual({caches: 1, uploads: 0, forks: 1});
});

it("whose logits are not those recorded is refused, with the difference measured; nothing stays open", async () => {
  const {decoder, cache, trace, ids} = await run();
  for (const [at, pass] of passesOf(trace).entries()) {
    const changed = pass.logits.map((logit, id) => (id === 3 ? logit + 0.5 : logit));
    const error: unknown = await passAgain(decoder, {...pass, logits: changed}, ids, cache.past, [TAP]).catch(
      (thrown: unknown) => thrown
    );
    expect(error).toBeInstanceOf(PassDiffers);
    expect((error as PassDiffers).difference).toBeCloseTo(0.5, 5);
    expect((error as PassDiffers).message).toContain(
      `pass ${at + 1}, run again, gave logits that differ by up to 0.50`
    );
    const noNumber = {...pass, logits: pass.logits.map(() => NaN)};
    await expect(passAgain(decoder, noNumber, ids, null, [TAP])).rejects.toMatchObject({
      difference: Infinity
    });
    expect(decoder.counts.caches).toBe(1);
  }
});

it("refuses a tap that the decoder lacks, and says which it has", async () => {
  const {decoder, trace, ids} = await run();
  const pass = passesOf(trace)[0]!;
  const ask = (event: PassEvent) => passAgain(decoder, event, ids, null, ["hook_embed"]);
  await expect(ask(pass)).rejects.toThrow(`this decoder has no tap "hook_embed"; it has ${TAP}`);
  await expect(ask({...pass, taps: []})).rejects.toThrow("this model has no inspect.onnx");
  await expect(ask(pass)).rejects.toBeInstanceOf(InvalidRequest);
});

it("is not misled by a cache that was rolled back and holds another text: what came before runs again", async () => {
  const {decoder, cache, trace, ids} = await run();
  const last = passesOf(trace).at(-1)!;
  const other = await decoder.forward({
    tokenIds: [...ids].reverse(),
    positions: {from: 0, to: ids.length},
    bias: null,
    past: null,
    rows: [ids.length - 1],
    batch: 1
  });
  const held = decoder.counts.caches;
  const {logits} = await passAgain(decoder, last, ids, other.past, [TAP]);
  expect(logits).toEqual(last.logits);
  expect(decoder.counts.caches).toBe(held);
  decoder.release(other.past);
  cache.free();
  expect(decoder.counts.caches).toBe(0);
});
