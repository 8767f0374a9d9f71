import type {StopMatch} from "../../../engine/index.ts";
import {formatCount} from "../../draw/format.ts";
import {startOfEnd} from "../../draw/startOfEnd.ts";
import type {Strings} from "../../i18n/strings.ts";

const MOST = 400;

type Props = {
  readonly text: string;
  readonly match: StopMatch | null;
  readonly strings: Strings["stop"];
};

/** The completion's end, the stop string marked in it. */
export function EndOfText({text, match, strings}: Props) {
  const from = Math.min(startOfEnd(text, MOST), match?.characters.from ?? Infinity);
  const {from: start, to: end} = match?.characters ?? {from: text.length, to: text.length};
  return (
    <div className="completion">
      <p className="label">{strings.completion}</p>
      <p className="text" dir="auto">
        {from > 0 && <span className="muted">{strings.earlier(formatCount(from))} </span>}
        {text.slice(from, start)}
        {match && <mark className="match">{text.slice(start, end)}</mark>}
        {text.slice(end)}
        {text === "" && <span className="muted">{strings.empty}</span>}
      </p>
    </div>
  );
}
