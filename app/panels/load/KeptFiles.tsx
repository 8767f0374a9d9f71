import {formatBytes} from "../../draw/format.ts";
import type {Strings} from "../../i18n/strings.ts";
import {besides, keptBytes, keptKinds, worksOffline, type Kept, type KeptGroup} from "./kept.ts";

type Props = {
  readonly kept: Kept;
  readonly onErase: () => void;
  /** The files of the model in use; what is kept besides them is named. */
  readonly loaded?: readonly string[];
  readonly strings: Strings["load"]["kept"];
};

/** What the browser keeps for the next visit, in bytes, and a button that erases it. */
export function KeptFiles({kept, onErase, loaded = [], strings}: Props) {
  if (kept.status === "unknown") return null;
  const groups = kept.status === "listed" ? kept.groups : [];
  const isPending = kept.status === "pending";
  const isFull = groups.length > 0 || isPending;
  return (
    <section className={isFull ? "kept full" : "kept"} aria-label={strings.title}>
      <h3>{strings.title}</h3>
      <p role="status">{say(kept, strings)}</p>
      {isFull && (
        <>
          <ul>
            {isPending && keptKinds.map((what) => <Coming key={what} name={strings.kinds[what]} />)}
            {groups.map((group) => (
              <Group key={`${group.what} ${group.host}`} {...{group, loaded, strings}} />
            ))}
          </ul>
          <button type="button" className="btn" disabled={isPending} onClick={onErase}>
            {strings.erase}
          </button>
        </>
      )}
    </section>
  );
}

function say(kept: Exclude<Kept, {status: "unknown"}>, strings: Props["strings"]): string {
  if (kept.status === "unavailable") return strings.unavailable(kept.secure);
  if (kept.status === "pending") return strings.pending;
  const {groups} = kept;
  return groups.length === 0 ? strings.nothing : strings.said(keptBytes(groups), worksOffline(groups));
}

/** A row whose bytes are not counted before all of them are kept. */
const Coming = ({name}: {readonly name: string}) => (
  <li>
    <span>{name}</span>
    <span className="bytes" aria-hidden="true">
      …
    </span>
  </li>
);

type GroupProps = Pick<Props, "strings"> & {readonly group: KeptGroup; readonly loaded: readonly string[]};

function Group({group, loaded, strings}: GroupProps) {
  const more = besides(group, loaded);
  return (
    <li>
      <span>{strings.group(group)}</span>
      <span className="bytes">{formatBytes(group.bytes)}</span>
      {more.length > 0 && <small>{strings.besides(more)}</small>}
    </li>
  );
}
