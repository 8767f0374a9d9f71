import type {MachineInput} from "./boxTexts.ts";
import {cacheNow, kvSlots} from "./machineNumbers.ts";
import type {MachineLayout} from "./machineMap.ts";

type Props = {readonly layout: MachineLayout; readonly input: MachineInput; readonly positions: number};

const ROW = 6;
const STEP = 8;

/** The KV cache: a slot a position, K over V; what this pass wrote at full strength. */
export function KvStrip({layout, input, positions}: Props) {
  const {frame, request, strings} = input;
  const {kv, kind} = layout;
  const cache = cacheNow(frame, request);
  const {slots, each, pitch} = kvSlots(cache, Math.max(positions, cache.length), kv.width);
  const first = frame?.pass?.stage === "decode" ? slots.findIndex(({held, fresh}) => held && fresh) : -1;
  const last = slots.findLastIndex(({held, fresh}) => held && fresh);
  const bytes = cache.on ? strings.kvBytes(cache.bytes, cache.freshBytes) : strings.kvOff(cache.recomputed);
  const binned = each > 1 ? strings.kvBinned(each) : "";
  const tall = kind === "tall";
  const textX = tall ? kv.bytes.x : kv.x + pitch * slots.length + 8;
  return (
    <g className="kv" data-on={cache.on}>
      <text className="s" x={kv.title.x} y={kv.title.y} textAnchor={kv.title.anchor}>
        {tall ? strings.kvShort : strings.kv}
      </text>
      {slots.map(({held, fresh}, i) =>
        ["key", "value"].map((name, row) => (
          <rect
            key={`${i}${name}`}
            className={held ? `slot ${name}${fresh ? "" : " old"}` : "slot"}
            x={kv.x + i * pitch + 0.5}
            y={kv.y + row * STEP}
            width={Math.max(1, pitch - (pitch > 6 ? 2 : 1))}
            height={ROW}
          />
        ))
      )}
      {first >= 0 && cache.on && (
        <rect
          className="fresh"
          x={kv.x + first * pitch - 1.5}
          y={kv.y - 3}
          width={(last - first + 1) * pitch + 2}
          height={ROW + STEP + 6}
          rx="2"
        />
      )}
      <text x={textX} y={kv.bytes.y}>
        {frame?.latest.load ? (tall || !binned ? bytes : `${bytes}, ${binned}`) : ""}
      </text>
      {tall && binned && frame?.latest.load && (
        <text x={kv.note.x} y={kv.note.y}>
          {binned}
        </text>
      )}
    </g>
  );
}
