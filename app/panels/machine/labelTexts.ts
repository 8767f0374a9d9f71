import {textWidth} from "../../draw/fitText.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {MachineInput} from "./boxTexts.ts";
import {count, feeds, passNow, sequencesOf, type Crossing} from "./machineNumbers.ts";
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
  const {number, kind, phase, fed} = passNow(frame, request);
  const title = kind === "none" ? strings.noPass : strings.pass(number, kind);
  if (phase === "ended") {
    const reason = frame?.latest.stop?.reason;
    return {title, parts: reason ? [strings.ended(reason)] : []};
  }
  return {title, parts: fed ? [strings.phases[phase], strings.fed(fed)] : [strings.phases[phase]]};
}

const ID_BYTES = 8; // int64

/** What the loop carries back: one token with the cache, the whole sequence without. */
export function loopText({frame, request, strings}: MachineInput, state: MachineState): string {
  const fed = frame && (frame.pass?.positions ?? feeds(frame, request));
  const loop = state.paths.loop;
  if (loop === "rest" || !frame || !fed) return strings.loop;
  const coming = loop === "next" ? feeds(frame, request)! : fed;
  const tokens = count(coming) * sequencesOf(frame, loop === "next");
  const text = strings.loopBack(tokens, ID_BYTES * tokens);
  return loop === "next" ? strings.loopNext(text) : text;
}

/** The longest form that fits: with what it is and how long it took, or the bytes alone. */
export function pillText(
  {when, bytes, all}: Crossing,
  ms: number | null,
  down: boolean,
  width: number,
  strings: Strings["machine"]
): string {
  const long = down ? strings.idsDown(bytes, all) : strings.logitsUp(bytes);
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
  const passes = strings.passes(frame.passes);
  const lines = [
    strings.across(backend?.name ?? null),
    strings.crossed(frame.bytesToBackend, frame.bytesFromBackend),
    time ? `${passes}, ${time}` : passes,
    measured?.device ?? backend?.device ?? ""
  ];
  return backend?.name === "wasm" ? [...lines.slice(0, 3), strings.wasmDevice, lines[3]!] : lines;
}
