import {formatBytes} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import {keptBytes, worksOffline, type Kept} from "./kept.ts";

type Props = {
  readonly kept: Kept;
  readonly onErase: () => void;
  readonly strings: Strings["load"]["kept"];
};

/** What the browser keeps for the next visit, in bytes, and a button that erases it. */
export function KeptFiles({kept, onErase, strings}: Props) {
  if (kept.status === "unknown") return null;
  const groups = kept.status === "listed" ? kept.groups : [];
  const say =
    kept.status === "unavailable"
      ? strings.unavailable(kept.secure)
      : groups.length === 0
        ? strings.nothing
        : strings.said(keptBytes(groups), worksOffline(groups));
  return (
    <section className="kept" aria-label={strings.title}>
      <h3>{strings.title}</h3>
      <p role="status">{say}</p>
      {groups.length > 0 && (
        <>
          <ul>
            {groups.map((group) => (
              <li key={`${group.what} ${group.host}`}>
                <span>{strings.group(group)}</span>
                <span className="bytes">{formatBytes(group.bytes)}</span>
              </li>
            ))}
          </ul>
          <button type="button" className="btn" onClick={onErase}>
            {strings.erase}
          </button>
        </>
      )}
    </section>
  );
}
