import type {BackendInfo, PassEvent, TraceEvent} from "../engine/index.ts";

type TapInfo = PassEvent["taps"][number];

/**
 * Between threads every event is a copy of its own, also of what all events say alike: the names and shapes of a pass's
 * taps, the backend. What is returned makes equal parts one object again, so that a long trace, and those that undo
 * keeps, do not hold them once a pass.
 */
export function createSharing(): (event: TraceEvent) => TraceEvent {
  const taps = new Map<string, TapInfo>();
  const backends = new Map<string, BackendInfo>();

  const tapOf = (tap: TapInfo): TapInfo => shared(taps, `${tap.name} ${tap.shape.join()}`, tap);

  function withSharedBackend<E extends TraceEvent>(event: E): E {
    const {measured} = event;
    if (!measured?.backend) return event;
    const {name, device, why} = measured.backend;
    const backend = shared(backends, `${name} ${device} ${why}`, measured.backend);
    return {...event, measured: {...measured, device: backend.device, backend}};
  }

  return (event) => {
    if (event.stage !== "prefill" && event.stage !== "decode") return withSharedBackend(event);
    return withSharedBackend({...event, taps: event.taps.map(tapOf)});
  };
}

/** Older shapes are those of shorter sequences; they come again where one is begun anew. */
const MOST = 20_000;

function shared<T>(known: Map<string, T>, key: string, part: T): T {
  const first = known.get(key);
  if (first !== undefined) return first;
  if (known.size >= MOST) known.clear();
  known.set(key, part);
  return part;
}
