import {useId, useState, type FormEvent} from "react";
import {TokenSpanText} from "./TokenSpanText.tsx";
import type {Strings} from "../i18n/strings.ts";
import {FieldNote} from "./NumberField.tsx";

type Props = {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly refused: string | null;
  readonly strings: Strings["settings"];
};

/** "\n" as typed becomes a new line, "\\" a backslash. */
export const unescapeTyped = (text: string): string =>
  text.replace(/\\(n|t|\\)/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : "\\"));

/** Any number of texts that end a run. */
export function StopStrings({values, onChange, refused, strings}: Props) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    const text = unescapeTyped(typed);
    if (text !== "" && !values.includes(text)) onChange([...values, text]);
    setTyped("");
  };
  return (
    <form className="field" onSubmit={add}>
      <div className="fieldrow">
        <label htmlFor={id}>{strings.stopStrings}</label>
        <input
          id={id}
          type="text"
          autoComplete="off"
          className="text mono"
          value={typed}
          aria-describedby={`${id}-about`}
          onChange={(e) => setTyped(e.target.value)}
        />
        <button type="submit" className="btn" disabled={typed === ""}>
          {strings.stopAdd}
        </button>
      </div>
      {values.length > 0 && (
        <ul className="stops">
          {values.map((value) => (
            <li key={value}>
              <TokenSpanText text={value} />
              <button
                type="button"
                aria-label={strings.stopRemove(value)}
                onClick={() => onChange(values.filter((other) => other !== value))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <FieldNote id={`${id}-about`} problem={refused} hint={strings.stopHint} />
    </form>
  );
}
