import {useId} from "react";
import {Hatch} from "../../draw/Hatch.tsx";
import type {CardData} from "./cardsOf.ts";

/** How much probability was kept: the second ruler beside the strip of tokens. */
export function MassBar({data, width}: {readonly data: CardData; readonly width: number}) {
  const hatch = useId();
  const {state, link} = data;
  const isOut = state === "done" || state === "skipped";
  const kept = link && isOut ? link.massKept : 1;
  const removed = link && isOut && link.removed.length > 0 ? Math.max(2, width * (1 - kept)) : 0;
  return (
    <svg className="mass" width={width} height="8" aria-hidden="true">
      <defs>
        <Hatch id={hatch} />
      </defs>
      {isOut ? (
        <>
          <rect
            className="out"
            width={Math.max(0, width - removed - (removed > 0 ? 1 : 0))}
            height="8"
            rx="1"
          />
          {removed > 0 && (
            <rect className="gone" x={width - removed} width={removed} height="8" fill={`url(#${hatch})`} />
          )}
        </>
      ) : (
        <rect className="empty" x=".5" y=".5" width={width - 1} height="7" rx="1" />
      )}
    </svg>
  );
}
