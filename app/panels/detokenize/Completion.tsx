import {formatCount} from "../../draw/format.ts";
import {startOfEnd} from "../../draw/startOfEnd.ts";
import type {Strings} from "../../i18n/strings.ts";

/** Characters of a long completion that are shown: its end. */
const MOST = 400;

type Props = {
  readonly text: string;
  /** What became visible now: the end of `text`. */
  readonly fresh: string;
  readonly strings: Strings["detokenize"];
};

/** The completion so far, what is new in it marked. */
export function Completion({text, fresh, strings}: Props) {
  const old = fresh && text.endsWith(fresh) ? text.slice(0, -fresh.length) : text;
  const from = startOfEnd(old, MOST);
  return (
    <div className="completion">
      <p className="label">{strings.completion}</p>
      <p className="text" dir="auto">
        {from > 0 && <span className="muted">{strings.earlier(formatCount(from))} </span>}
        {old.slice(from)}
        {text.length > old.length && <mark className="fresh">{fresh}</mark>}
        {text === "" && <span className="muted">{strings.empty}</span>}
      </p>
    </div>
  );
}
