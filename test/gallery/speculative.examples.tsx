import {example} from "gallery";
import {en} from "../../app/i18n/en/index.ts";
import {SpeculativePanel} from "../../app/panels/speculative/SpeculativePanel.tsx";
import {position, tokenId, type ProposeEvent, type VerifyEvent} from "../../engine/index.ts";
import type {Draft} from "../../engine/strategy/drafters.ts";
import {verifyDraft} from "../../engine/strategy/verify.ts";
import {vocabulary} from "./littleGirl.ts";

const ids = (...texts: readonly string[]) =>
  texts.map((text) => tokenId(vocabulary.findIndex((entry) => entry?.text === text)));
const [girl, named, she] = ids(" girl", " named", " She");

/** Probabilities of three tokens, nothing else. */
function over(...p: readonly [number, number, number]): Float32Array {
  const all = new Float32Array(vocabulary.length);
  [girl!, named!, she!].forEach((id, i) => (all[id] = p[i]!));
  return all;
}

const Q = over(0.6, 0.3, 0.1);
const draft: Draft = {
  tokens: [girl!, named!, she!].map((id) => ({tokenId: id, q: Q[id]!, coin: 0.4})),
  q: [Q, Q, Q],
  found: null
};
const propose: ProposeEvent = {
  stage: "propose",
  position: position(8),
  drafter: "model",
  tokens: draft.tokens,
  found: null
};

/** What the rule makes of the draft with a target's distribution and one coin for all. */
function verify(p: Float32Array, coin: number | null): VerifyEvent {
  const target = {probabilities: p, logits: p.map(Math.log)};
  const toss = () => coin!;
  const verified = verifyDraft(
    draft,
    () => target,
    coin === null ? null : {accept: toss, residual: toss, draw: toss}
  );
  const after = 8 + verified.accepted;
  return {
    stage: "verify",
    position: position(8),
    ...verified,
    rollBack: {target: {before: 11, after}, draft: {before: 10, after: Math.min(10, after)}}
  };
}

const draw = (event: ProposeEvent | VerifyEvent, width = 1088, height?: number) => (
  <SpeculativePanel
    event={event}
    rounds={event.stage === "verify" ? [event] : []}
    gamma={3}
    vocabulary={vocabulary}
    width={width}
    {...(height && {height})}
    now
    strings={en}
  />
);

example("speculative-rejected", () => draw(verify(over(0.55, 0.05, 0.4), 0.7)));
example("speculative-rejected-narrow", () => draw(verify(over(0.55, 0.05, 0.4), 0.7), 358));
example("speculative-rejected-in-room", () => draw(verify(over(0.55, 0.05, 0.4), 0.7), 683, 240));
example("speculative-proposed-in-room", () => draw(propose, 683, 240));
example("speculative-all-accepted", () => draw(verify(over(0.5, 0.4, 0.1), 0.2)));
example("speculative-greedy", () => draw(verify(over(0.5, 0.4, 0.1), null)));
example("speculative-proposed", () => draw(propose));
example("speculative-nothing-proposed", () => draw({...propose, drafter: "prompt-lookup", tokens: []}));
