import {expect, it} from "vitest";
import {createSharing} from "../../app/sharedParts.ts";
import type {TraceEvent} from "../../engine/index.ts";
import {hashed, of, scriptedDecoder, traceOf} from "../engine/scriptedDecoder.ts";

it("an event stays what it was; what two say alike is one object", async () => {
  const backend = {name: "wasm", device: "cpu", why: "there is no other"} as const;
  const trace = (await traceOf({maxNewTokens: 3, cache: false}, {decoder: scriptedDecoder(hashed())})).map(
    (event): TraceEvent =>
      event.stage === "transfer" || event.stage === "prefill" || event.stage === "decode"
        ? {...event, measured: {ms: 1, device: "cpu", backend}}
        : event
  );
  const share = createSharing();
  const shared = trace.map((event) => share(structuredClone(event)));
  const again = trace.map((event) => share(structuredClone(event)));
  expect(shared).toEqual(trace);
  expect(again).toEqual(trace);
  expect(of(again, "prefill")[0]!.taps[0]).toBe(of(shared, "prefill")[0]!.taps[0]);
  expect(of(shared, "decode")[0]!.taps[0]).not.toBe(of(shared, "prefill")[0]!.taps[0]); // of another shape
  const places = new Set(shared.flatMap(({measured}) => measured?.backend ?? []));
  expect(places.size).toBe(1);
});
