import {textWidth} from "../../draw/fitText.ts";
import {comingPass, type Frame, type Request} from "../../../engine/index.ts";
import {formatDevice} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {MachineInput} from "./boxTexts.ts";
import {fedIds, passNow, type Crossing} from "./machineNumbers.ts";
import type {MachineState} from "./machineState.ts";

type LaneKey = keyof Strings["machine"]["lanes"];

/** The lower lane carries the backend's name, once it is known. */
export function laneKey({frame, request}: MachineInput): LaneKey {
  if (frame?.backend) return frame.backend.name;
  return request.backend === "auto" ? "unknown" : request.backend;
}

/** "Pass 3: decode", and what belongs to it: the phase, the positions fed. */
export function counterTexts(input: MachineInput): {title: string; parts: readonly string[]} {
  const {frame, request, strings} = input;
  const {lane, number, kind, phase, fed} = passNow(frame, request);
  const title =
    kind === "none"
      ? strings.noPass
      : strings.pass(number, kind, lane && strings.small(request.strategy.name));
  if (input.failed && !frame) return {title, parts: [strings.phases.failed]};
  if (phase === "ended") {
    const reason = frame?.latest.stop?.reason;
    return {title, parts: reason ? [strings.ended(reason)] : []};
  }
  if (phase === "load" && input.recorded) return {title, parts: [strings.phases.recorded]};
  const what = fed && (frame?.pass?.at ? strings.slots(fed) : strings.fed(fed));
  const where = lane === null ? [strings.phases[phase]] : []; // the phases are the run's own decoder's
  return {title, parts: what ? [...where, what] : where};
}

/** What the stage at the cursor does, for somebody who has never heard its name; empty before the first. */
export function plainText({
  frame,
  request: {strategy, cache},
  strings
}: Pick<MachineInput, "frame" | "request" | "strings">): string {
  if (!frame) return "";
  const {event, inPass} = frame;
  return strings.plain({
    stage: event.stage,
    strategy: strategy.name,
    cache,
    isPrompt: inPass.prefill !== undefined,
    isSmall: "lane" in event && event.lane !== undefined
  });
}

const ID_BYTES = 8; // int64

/** What the loop carries back: one token with the cache, the whole sequence without. */
export function loopText({frame, request, strings}: MachineInput, state: MachineState): string {
  const loop = state.paths.loop;
  const tokens = frame && loop !== "rest" ? tokensRound(frame, request, loop === "next") : null;
  if (tokens === null) return strings.loop;
  const text = strings.loopBack(tokens, ID_BYTES * tokens);
  return loop === "next" ? strings.loopNext(text) : text;
}

/** Ids that this pass was fed, or the coming one will be; null where that is not known. */
function tokensRound(frame: Frame, request: Request, isNext: boolean): number | null {
  const {pass} = frame;
  const fed =
    pass && !isNext ? {...pass, lane: null, sequences: pass.batch ?? 1} : comingPass(frame, request);
  return fed && fedIds(fed);
}

/** The longest form that fits: with what it is and how long it took, or the bytes alone. */
export function pillText(
  {when, bytes, all}: Crossing,
  ms: number | null,
  down: boolean,
  width: number,
  strings: Strings["machine"]
): string {
  const long = down ? strings.idsDown(bytes, all) : strings.logitsUp(bytes, all);
  const mark = (text: string) => (when === "next" ? strings.next(text) : text);
  const timed =
    ms !== null && when !== "next" ? [strings.timed(long, ms), strings.timed(strings.short(all), ms)] : [];
  const forms = [timed[0] ?? long, long, timed[1] ?? strings.short(all)].map(mark);
  return forms.find((form) => textWidth(form, 12, "strong") <= width) ?? mark(strings.short(all));
}

/** Bytes across so far, passes, milliseconds, and the device that they were measured on. */
export function ledgerLines(input: MachineInput): readonly string[] {
  const {frame, strings} = input;
  if (!frame) return [];
  const {backend} = frame;
  const {ms} = passNow(frame, input.request);
  const measured = frame.pass?.measured;
  const time = ms !== null ? strings.thisPass(ms) : frame.pass ? strings.noTimes : null;
  const passes = strings.passes(frame.passes, frame.draft.passes, strings.small(input.request.strategy.name));
  const lines = [
    strings.across(backend?.name ?? null),
    strings.crossed(frame.bytesToBackend, frame.bytesFromBackend),
    ...(time && frame.draft.passes > 0 ? [passes, time] : [time ? `${passes}, ${time}` : passes]),
    formatDevice(measured?.device ?? backend?.device ?? "")
  ];
  return backend?.name === "wasm" ? [...lines.slice(0, -1), strings.wasmDevice, lines.at(-1)!] : lines;
}
