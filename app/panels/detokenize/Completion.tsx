import {formatCount} from "../../draw/format.ts";
import {startOfEnd} from "../../draw/startOfEnd.ts";
import type {Strings} from "../../i18n/strings.ts";

/** Characters of a long text that are shown: its end. */
const MOST = 400;

type Props = {
  readonly prompt: string;
  /** The completion. */
  readonly text: string;
  /** What became visible now: the end of `text`. */
  readonly fresh: string;
  readonly strings: Strings["detokenize"];
};

/** The text so far: the prompt in grey, what is new filled. */
export function Completion({prompt, text, fresh, strings}: Props) {
  const old = fresh && text.endsWith(fresh) ? text.slice(0, -fresh.length) : text;
  const before = prompt + old;
  const from = startOfEnd(before, MOST);
  return (
    <div className="completion">
      <p className="label">{strings.text}</p>
      <p className="text" dir="auto">
        {from > 0 && <span className="muted">{strings.earlier(formatCount(from))} </span>}
        <span className="prompt">{prompt.slice(from)}</span>
        {before.slice(Math.max(from, prompt.length))}
        {text.length > old.length && (
          <mark className={/^ +\S+$/.test(fresh) ? "fresh whole" : "fresh"}>{fresh}</mark>
        )}
        {prompt + text === "" && <span className="muted">{strings.empty}</span>}
      </p>
    </div>
  );
}
