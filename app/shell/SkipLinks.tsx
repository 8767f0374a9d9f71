import type {Strings} from "../i18n/strings.ts";
import {focusMachine, focusMain, focusStep} from "./focus.ts";

type SkipProps = {readonly lab: boolean; readonly strings: Strings["shell"]["skip"]};

/** Seen when Tab comes to them: past the header, and in the lab past everything to the steps. */
export function SkipLinks({lab, strings}: SkipProps) {
  const link = (text: string, skip: () => void) => (
    <button type="button" className="skip" onClick={skip}>
      {text}
    </button>
  );
  if (!lab) return link(strings.text, focusMain);
  return (
    <>
      {link(strings.machine, focusMachine)}
      {link(strings.steps, focusStep)}
    </>
  );
}
