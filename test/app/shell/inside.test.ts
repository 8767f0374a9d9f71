import {expect, it} from "vitest";
import {createMemory, halfWidth, type Ask} from "../../../app/shell/inside.ts";
import {collect, type PassEvent, type Tap} from "../../../engine/index.ts";
import {eventsOf, hashed, scriptedDecoder} from "../../engine/scriptedDecoder.ts";
import {settle} from "../fakeEngine.ts";

async function passes(): Promise<readonly PassEvent[]> {
  const trace = await collect(eventsOf({maxNewTokens: 3}, {decoder: scriptedDecoder(hashed())}));
  return trace.filter((event) => event.stage === "prefill" || event.stage === "decode");
}

function memory(limit: number) {
  const asked: string[] = [];
  const ask: Ask<Tap> = (event, _ids, name) => {
    asked.push(`${event.passId} ${name}`);
    return name === "none"
      ? Promise.reject(new Error("there is no such tap"))
      : Promise.resolve({name, shape: [1], data: Float32Array.of(event.passId)});
  };
  return {asked, taps: createMemory(ask, limit)};
}

it("asks once for what is shown, and remembers it", async () => {
  const [first] = await passes();
  const {asked, taps} = memory(8);
  expect(taps.get(first!, "a")).toEqual({status: "loading"});
  taps.want(first!, [], "a");
  taps.want(first!, [], "a");
  await settle();
  taps.want(first!, [], "a");
  expect(asked).toEqual(["1 a"]);
  expect(taps.get(first!, "a")).toMatchObject({status: "ready", value: {name: "a"}});
});

it("forgets the oldest", async () => {
  const [first, second, third] = await passes();
  const {asked, taps} = memory(2);
  for (const pass of [first!, second!, third!, first!]) {
    taps.want(pass, [], "a");
    await settle();
  }
  expect(asked).toEqual(["1 a", "2 a", "3 a", "1 a"]);
  expect(taps.get(second!, "a")).toEqual({status: "loading"});
});

it("says why a tap was refused, and asks again only when it is wanted again", async () => {
  const [first] = await passes();
  const {asked, taps} = memory(8);
  taps.want(first!, [], "none");
  await settle();
  expect(taps.get(first!, "none")).toEqual({status: "refused", message: "there is no such tap"});
  taps.want(first!, [], "none");
  expect(taps.get(first!, "none").status).toBe("refused");
  expect(asked).toHaveLength(2);
});

it("stands the lens and the residual stream of one position beside each other in a wide lane", async () => {
  const [prefill, decode] = await passes();
  const both = ["cache", "lens", "residual"] as const;
  expect(halfWidth("lens", decode!, both, 1376)).toBe(664);
  expect(halfWidth("residual", decode!, both, 1376)).toBe(664);
  expect(halfWidth("cache", decode!, both, 1376)).toBeNull();
  expect(halfWidth("lens", decode!, ["lens"], 1376)).toBeNull();
  expect(halfWidth("lens", decode!, both, 960)).toBeNull();
  expect(halfWidth("lens", {...prefill!, positions: {from: 0, to: 2}}, both, 1376)).toBeNull();
});
