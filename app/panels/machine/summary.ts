import {boxValues, nameOf, tokenShown, type MachineInput} from "./boxTexts.ts";
import {counterTexts, laneKey, ledgerLines} from "./labelTexts.ts";
import {cacheNow, crossingDown, crossingUp, loadNow} from "./machineNumbers.ts";
import {BOXES, type BoxName} from "./machineMap.ts";
import type {MachineState, MarkState} from "./machineState.ts";

/** What the whole map says now, in words. */
export function summary(input: MachineInput, state: MachineState): string {
  const {frame, next, request, strings} = input;
  const {title, parts} = counterTexts(input);
  const named = (mark: MarkState) =>
    BOXES.filter((box) => state.boxes[box] === mark)
      .map((box) => nameOf(box, input))
      .join(", ");
  const down = crossingDown(frame, next, request);
  const up = crossingUp(frame, next);
  const cache = cacheNow(frame, request);
  return strings.summary({
    lanes: [strings.laneNames.cpu, strings.laneNames[laneKey(input)]],
    counter: [title, ...parts].join(", "),
    now: named("now"),
    next: named("next"),
    down:
      down &&
      (down.when === "next"
        ? strings.next(strings.idsDown(down.bytes, down.all))
        : strings.idsDown(down.bytes, down.all)),
    up:
      up &&
      (up.when === "next"
        ? strings.next(strings.logitsUp(up.bytes, up.all))
        : strings.logitsUp(up.bytes, up.all)),
    cache: frame
      ? cache.on
        ? `${strings.kvPositions(cache.length)}, ${strings.kvBytes(cache.bytes, cache.freshBytes)}`
        : strings.kvOff(cache.recomputed)
      : null,
    ledger: ledgerLines(input).join(", ")
  });
}

/** "Warpers, done in this pass, 23 tokens kept": what a box's button is called. */
export function boxName(box: BoxName, mark: MarkState, input: MachineInput, reached: boolean): string {
  const {strings} = input;
  const which = box === "text" || box === "completion" ? strings.which[box] : "";
  const parts = [nameOf(box, input), which, strings.states[mark], valueOf(box, input)];
  if (!reached) parts.push(strings.notReached);
  return parts.filter(Boolean).join(", ");
}

function valueOf(box: BoxName, input: MachineInput): string {
  const {frame, strings} = input;
  if (box === "warpers") {
    const kept = frame?.warps.at(-1)?.kept;
    return kept === undefined ? "" : strings.tokensKept(kept);
  }
  if (box === "token") {
    const token = tokenShown(input);
    return token ? token.spaces + token.text : strings.noToken;
  }
  if (box === "layers") {
    const n = loadNow(frame)?.config.nLayers;
    return n ? strings.layers(n) : "";
  }
  return boxValues(input)[box][0] ?? "";
}
