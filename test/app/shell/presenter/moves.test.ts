import {expect, it} from "vitest";
import type {View} from "../../../../app/notebook.ts";
import {createPlayer} from "../../../../app/shell/player.ts";
import {aboutEvent, aboutNext} from "../../../../app/shell/presenter/about.ts";
import {isAsking, movesOf} from "../../../../app/shell/presenter/moves.ts";
import {questionOf} from "../../../../app/shell/presenter/questionOf.ts";
import {frameAt, stepOf, strategy, warper, type Request} from "../../../../engine/index.ts";
import {fakeTokenizer, loadEvent, requestOf, scriptedConfig} from "../../../engine/scriptedDecoder.ts";
import {fakeEngine, settle} from "../../fakeEngine.ts";

const {vocabulary} = fakeTokenizer();

/** The presenter without its screen: what it shows, and its moves. */
function present(overrides: Partial<Request>) {
  const {engine} = fakeEngine();
  const player = createPlayer(engine);
  const request = requestOf(overrides);
  let askedAt: number | null = null;
  const asking = () => ({askedAt, onAskedAt: (cursor: number | null) => (askedAt = cursor)});
  const view = (): View => {
    const {trace, cursor, length} = player.session.get();
    const seen = length > 0 ? trace : [loadEvent()];
    const frame = frameAt(seen, Math.max(0, cursor));
    const step = stepOf(seen, frame, request, vocabulary);
    return {trace: seen, frame, request, step, load: loadEvent(), config: scriptedConfig, vocabulary};
  };
  const shown = () => {
    const now = view();
    const asks = isAsking(now, asking());
    const {stage} = asks ? aboutNext(now)! : aboutEvent(now.frame.event);
    return asks ? `${stage}?` : stage;
  };
  const press = async (key: "on" | "back" | "token") => {
    await movesOf(player, view(), request, asking())[key]();
    await settle();
    return shown();
  };
  return {player, view, shown, press};
}

const SAMPLING = {
  maxNewTokens: 2,
  warpers: [warper("topK", 2)],
  strategy: {name: "multinomial"}
} as const satisfies Partial<Request>;

const TOLD = [
  ...["load", "tokenize?", "tokenize", "transfer", "prefill", "fetch?", "fetch", "warp?", "warp"],
  ...["sample?", "sample", "append", "detokenize", "transfer", "decode?", "decode", "fetch?", "fetch"],
  ...["warp?", "warp", "sample?", "sample", "append", "detokenize", "stop"]
];

it("asks before it shows, and goes back the same way", async () => {
  const {press, shown} = present(SAMPLING);
  const there = [shown()];
  while (there.at(-1) !== "stop") there.push(await press("on"));
  expect(there).toEqual(TOLD);
  expect(await press("on")).toBe("stop");
  const back = ["stop"];
  while (back.at(-1) !== "load") back.push(await press("back"));
  expect(back).toEqual([...TOLD].reverse());
  expect(await press("back")).toBe("load");
});

it("greedy has no coin to ask about, and its warpers that only sampling needs are not asked about", async () => {
  const {press, shown} = present({...SAMPLING, maxNewTokens: 1, strategy: {name: "greedy"}});
  const there = [shown()];
  while (there.at(-1) !== "stop") there.push(await press("on"));
  expect(there).toContain("fetch?");
  expect(there).not.toContain("sample?");
  expect(there).not.toContain("warp?");
});

it("goes to the next draw without showing it, in the trace and past its end", async () => {
  const {press, player} = present(SAMPLING);
  expect(await press("token")).toBe("sample?");
  expect(player.session.get().cursor).toBe(player.session.get().length - 1);
  expect(await press("token")).toBe("sample?");
  const second = player.session.get().cursor;
  player.seek(0);
  await press("token");
  expect(player.session.get().cursor).toBeLessThan(second);
  player.seek(second - 2);
  expect(await press("token")).toBe("sample?");
  expect(player.session.get().cursor).toBe(second);
});

it.each([
  ["beam", strategy("beam", {numBeams: 2}), "expand"],
  ["speculative", strategy("speculative", {drafter: "prompt-lookup", ngram: 1}), "verify"]
] as const)(
  "goes to the last event before %s decides, in the trace and past its end",
  async (_, spec, decides) => {
    const {press, player, view} = present({prompt: "abab", maxNewTokens: 3, warpers: [], strategy: spec});
    const places: number[] = [];
    for (let n = 0; n < 2; ++n) {
      await press("token");
      expect(aboutNext(view())?.stage).toBe(decides);
      expect(player.session.get().cursor).toBe(player.session.get().length - 1);
      places.push(view().frame.cursor);
      await press("on");
      expect(view().frame.event.stage).toBe(decides);
    }
    player.seek(0);
    for (const place of places) {
      await press("token");
      expect(view().frame.cursor).toBe(place);
      expect(aboutNext(view())?.stage).toBe(decides);
      player.seek(place);
    }
  }
);

it("asks whether the coin matters where one token is left, and says no", async () => {
  const {press, view} = present({...SAMPLING, warpers: [warper("topK", 1)]});
  await press("token");
  const asked = questionOf(view(), aboutNext(view())!)!;
  expect(asked).toMatchObject({question: {kind: "draw", left: 1}, right: null});
  expect(asked.choices).toEqual([
    {kind: "answer", yes: true},
    {kind: "answer", yes: false}
  ]);
  await press("on");
  expect(questionOf(view(), aboutEvent(view().frame.event))!.right).toBe(1);
});

it("names the token among the others that the coin landed on, with its own share", async () => {
  const warpers = [warper("temperature", 100)];
  for (let seed = 0; seed < 50; ++seed) {
    const {press, view} = present({...SAMPLING, maxNewTokens: 1, warpers, seed});
    await press("token");
    const {choices} = questionOf(view(), aboutNext(view())!)!;
    expect(choices.at(-1)).toMatchObject({kind: "others", hit: null});
    await press("on");
    const {event, inPass} = view().frame;
    const told = questionOf(view(), aboutEvent(event))!;
    const {tokenId, probability} = inPass.sample!;
    if (told.right !== choices.length - 1) continue;
    const right = told.choices.at(-1)!;
    expect(right).toMatchObject({kind: "others", hit: tokenId});
    expect(right.kind === "others" && right.p).toBeCloseTo(probability, 6);
    return;
  }
  expect.unreachable("no coin of fifty landed on the others");
});

it("knows the answer only once it is shown", async () => {
  const {press, view} = present(SAMPLING);
  await press("token");
  const asked = questionOf(view(), aboutNext(view())!)!;
  expect(asked).toMatchObject({question: {kind: "draw", left: 2}, right: null});
  await press("on");
  const {event} = view().frame;
  const told = questionOf(view(), aboutEvent(event))!;
  expect(told.choices).toEqual(asked.choices);
  expect(event.stage === "sample" && told.choices[told.right!]).toMatchObject({
    kind: "token",
    tokenId: event.stage === "sample" ? event.tokenId : -1
  });
});
