import type {Strings} from "../../i18n/strings.ts";
import {waysFrom, type Ways} from "./waysOn.ts";

type Props = {
  /** Its name, as a stop event has it. */
  readonly error: string;
  readonly ways: Ways;
  readonly strings: Strings["errors"];
};

/** What can be done about an error, a button each; the first is the one to press. */
export function WaysOn({error, ways, strings}: Props) {
  const offered = waysFrom(error).flatMap((way) => {
    const act = ways[way];
    return act ? [{way, act}] : [];
  });
  if (offered.length === 0) return null;
  return (
    <p className="choices">
      {offered.map(({way, act}, i) => (
        <button key={way} type="button" className={i === 0 ? "btn primary" : "btn"} onClick={act}>
          {strings.ways[way]}
        </button>
      ))}
    </p>
  );
}
