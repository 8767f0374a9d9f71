import {spoken} from "../draw/Sentence.tsx";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {nameOfEvent, spokenTokens, tellPast} from "./narrate.ts";

/** What the timeline is said to show: where the cursor is, and what its event did. */
export function spokenNow(view: View, strings: Strings): string {
  const {frame, trace} = view;
  const said = spoken(tellPast(frame.event, view, spokenTokens(view.vocabulary), strings));
  const name = nameOfEvent(frame.event, view, strings);
  const {notice} = frame.event.measured ?? {};
  const stage = strings.shell.transport.stage(frame.cursor + 1, trace.length, name, said);
  return notice ? `${stage}. ${notice}` : stage;
}
