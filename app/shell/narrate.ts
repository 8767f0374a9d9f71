import {tokenPlain, tokenText, textShown, type TokenText} from "../draw/tokenText.ts";
import type {Pieces} from "../i18n/pieces.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Drawn, PastContext} from "../i18n/en/narration.ts";
import type {Frame, TraceEvent, Vocabulary} from "../../engine/index.ts";
import type {View} from "../notebook.ts";
import type {Next} from "./nextStage.ts";

/** Tokens as the screen draws them. */
export const drawnTokens = (vocabulary: Vocabulary): Drawn<TokenText> => ({
  token: (id) => tokenText(vocabulary, id),
  text: textShown
});

/** Tokens as they are said. */
export const spokenTokens = (vocabulary: Vocabulary): Drawn<string> => ({
  token: (id) => tokenPlain(vocabulary, id),
  text: (text) => `“${text}”`
});

/** What an event did. */
export function tellPast<T>(event: TraceEvent, view: View, drawn: Drawn<T>, strings: Strings): Pieces<T> {
  // one entry a stage, each for its own event: that the two belong together is more than the compiler sees
  const tell = strings.narration.past[event.stage] as (e: TraceEvent, context: PastContext<T>) => Pieces<T>;
  const {request, config, recorded = false} = view;
  return tell(event, {...drawn, request, config, recorded});
}

/** What the next step does. */
export function tellFuture<T>(next: Next, view: View, drawn: Drawn<T>, strings: Strings): Pieces<T> {
  return strings.narration.future[next.stage]({
    ...drawn,
    request: view.request,
    config: view.config,
    recorded: view.recorded ?? false,
    frame: view.frame,
    backend: (view.frame.backend ?? view.load.backend).name,
    warp: next.warp,
    reason: next.reason
  });
}

/** The name of an event's stage; of a warp, the warper's. */
export const nameOfEvent = (event: TraceEvent, view: View, {narration}: Strings): string =>
  narration.name(
    event.stage,
    event.stage === "warp" ? event.warper : undefined,
    view.request.strategy.name === "greedy"
  );

/** The name of the next step's stage. */
export const nameOfNext = (next: Next, view: View, {narration}: Strings): string =>
  narration.name(next.stage, next.warp?.name, view.request.strategy.name === "greedy");

/** Which of the run's own passes the cursor is in, from 1; 0 before the first began. */
export function passNumber(frame: Frame): number {
  const {transfer} = frame.inPass;
  return transfer && !transfer.lane && !frame.pass ? frame.passes + 1 : frame.passes;
}
