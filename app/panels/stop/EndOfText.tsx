import type {StopMatch} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {startOfEnd} from "../../draw/startOfEnd.ts";
import type {Strings} from "../../i18n/strings.ts";

/** Characters of a long text that are shown: its end. */
const MOST = 400;

type Props = {
  readonly prompt: string;
  /** The completion. */
  readonly text: string;
  readonly match: StopMatch | null;
  readonly most?: number;
  readonly strings: Strings["stop"];
};

/** The whole text, or its end: the prompt in grey, the stop string marked. */
export function EndOfText({prompt, text, match, most = MOST, strings}: Props) {
  const all = prompt + text;
  const [start, end] = match
    ? [prompt.length + match.characters.from, prompt.length + match.characters.to]
    : [all.length, all.length];
  const from = Math.min(startOfEnd(all, most), start);
  return (
    <div className="completion">
      <p className="label">{strings.text}</p>
      <p className="text" dir="auto">
        {from > 0 && <span className="muted">{strings.earlier(formatCount(from))} </span>}
        <span className="prompt">{prompt.slice(from)}</span>
        {all.slice(Math.max(from, prompt.length), start)}
        {match && <mark className="match">{all.slice(start, end)}</mark>}
        {all.slice(end)}
        {text === "" && <span className="muted"> {strings.empty}</span>}
      </p>
    </div>
  );
}
