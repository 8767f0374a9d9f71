import type {ProposeEvent, VerifyEvent} from "../../../engine/index.ts";
import {plural} from "./plural.ts";

/** A round of speculative sampling. */
export const speculative = {
  title: "Speculative sampling: one round",
  sub: (event: ProposeEvent | VerifyEvent) => `${plural(event.tokens.length, "token")} proposed`,
  how: "q is the draft’s probability of the token, p the decoder’s, both as the warpers left them.",
  said: (event: ProposeEvent | VerifyEvent) =>
    event.stage === "verify"
      ? `${plural(event.accepted, "token")} accepted, and one more from ${event.extra.from === "residual" ? "what is left of the decoder’s distribution" : "the decoder’s own distribution"}.`
      : "The decoder will read all of them in one pass.",
  tokens: "Tokens proposed",
  head: ["token", "q", "p", "p / q", "coin", ""],
  fate: (accepted: boolean | null) =>
    accepted === null ? "not tested" : accepted ? "✓ accepted" : "✕ rejected"
};
