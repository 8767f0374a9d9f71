import type {ProposeEvent, VerifyEvent} from "../../../engine/index.ts";
import {plural} from "./plural.ts";

type Round = ProposeEvent | VerifyEvent;

function said(event: Round, extra: string): string {
  if (event.stage === "propose")
    return event.tokens.length === 0
      ? "Nothing is proposed: the decoder goes on by itself."
      : "The decoder will read all of them in one pass, and say for each how probable it finds it.";
  const {tokens, accepted, rollBack} = event;
  const {target} = rollBack;
  const forgotten = target && target.before > target.after ? target.before - target.after : 0;
  const rest =
    event.extra.from === "residual"
      ? `${extra} was drawn from what the decoder has above the draft`
      : `${extra} came from the decoder’s own distribution`;
  const cut = forgotten > 0 ? ` The KV cache forgets ${plural(forgotten, "position")}.` : "";
  return `${plural(accepted, "token")} of ${tokens.length} accepted; ${rest}.${cut}`;
}

const hasCoins = ({tokens}: VerifyEvent): boolean => tokens.some(({acceptCoin}) => acceptCoin !== null);

/** What the numbers of a round are, in one line. */
function inRoom(event: Round): string {
  if (event.stage === "propose")
    return event.drafter === "model"
      ? "q: the draft’s probability after the warpers"
      : "q is 1: looked up, not drawn";
  return `q: draft, p: decoder, after the warpers; taken if ${hasCoins(event) ? "coin < p / q" : "it is the largest"}`;
}

/** What the marks of a round mean. */
function key(event: Round): string {
  if (event.stage === "propose")
    return event.drafter === "model"
      ? "q: the draft’s probability of the token after the warpers."
      : "q is 1: the tokens were looked up earlier in the text, not drawn.";
  const names = "q: the draft’s probability of the token after the warpers; p: the decoder’s, likewise.";
  return hasCoins(event)
    ? `${names} The bar is min(1, p / q) high, the line across it is the coin: inside the blue it accepts the token, above it rejects it, and a token is drawn from what is left of p. What stands after a rejection is not tested.`
    : `${names} No coin is tossed: a token is accepted where it has the decoder’s largest logit. What stands after a rejection is not tested.`;
}

/** A round of speculative sampling. */
export const speculative = {
  title: "Speculative sampling: one round",
  sub: (event: Round) =>
    `${plural(event.tokens.length, "token")} proposed, tested in one pass of the decoder`,
  inRoom,
  how: "q is the draft’s probability of the token, p the decoder’s, both as the warpers left them. A token is accepted where the coin is below p / q.",
  said,
  key,
  label: (event: Round) =>
    event.stage === "verify"
      ? `${plural(event.tokens.length, "token")} proposed, ${event.accepted} accepted; the bars are min(1, p/q), the table has the numbers`
      : `${plural(event.tokens.length, "token")} proposed, not tested yet`,
  draftLane: "draft",
  targetLane: "decoder, one pass",
  waiting: "has not read them yet",
  untested: "not tested",
  coin: (value: string) => `coin ${value}`,
  largest: (isLargest: boolean) => (isLargest ? "largest" : "not largest"),
  residual: (alive: number) =>
    `What is left after the rejection: max(p − q, 0), made to sum to one; ${plural(alive, "token")}`,
  residualLabel: (token: string, p: string) => `The residual distribution; drawn from it: ${token}, ${p}`,
  residualRest: (count: number, p: string) => `${plural(count, "other token")}: ${p}.`,
  tokensAPass: (tokens: number, rounds: number) =>
    `tokens a pass of the decoder: ${tokens} in ${plural(rounds, "round")}`,
  accepted: (accepted: number, tested: number) =>
    `accepted: ${accepted} of ${plural(tested, "token")} tested`,
  predicted: "predicted: the mean of sum min(p, q) where a token was tested",
  expected: (gamma: number) => `tokens a pass expected at that rate with drafts of ${gamma}`,
  head: ["token", "drawn with coin", "q", "p", "p / q", "accept coin", "sum min(p, q)", ""],
  fate: (accepted: boolean | null) =>
    accepted === null ? "not tested" : accepted ? "✓ accepted" : "✕ rejected"
};
