import {useId} from "react";
import {Hatch} from "../../draw/Hatch.tsx";
import type {Strings} from "../../i18n/strings.ts";

/** What the marks of a card mean. */
export function WarpKey({strings}: {readonly strings: Strings["warp"]}) {
  const hatch = useId();
  const {key} = strings;
  return (
    <span className="warpkey">
      <span>
        <svg width="12" height="11" aria-hidden="true">
          <rect className="out" width="12" height="11" rx="1" />
        </svg>
        {key.out}
      </span>
      <span>
        <svg width="12" height="11" aria-hidden="true">
          <defs>
            <Hatch id={hatch} />
          </defs>
          <rect className="gone" width="12" height="11" fill={`url(#${hatch})`} />
        </svg>
        {key.removed}
      </span>
      <span>
        <svg width="14" height="11" aria-hidden="true">
          <path className="in" d="M0 3h7v5h7" />
        </svg>
        {key.in}
      </span>
    </span>
  );
}
