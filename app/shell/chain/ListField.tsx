import {useId, useState} from "react";
import {
  checkParameter,
  parseValue,
  printValue,
  type Parameter,
  type ParameterValue
} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {FieldNote} from "../NumberField.tsx";

type Props = {
  readonly label: string;
  /** Whose list it is, for the sentence that says what is wrong. */
  readonly subject: string;
  readonly parameter: Parameter;
  readonly value: ParameterValue;
  /** Called with valid values only. */
  readonly onChange: (value: ParameterValue) => void;
  readonly strings: Strings["settings"];
};

/** What is wrong with a list as typed, or the list. */
export function readList(
  subject: string,
  text: string,
  parameter: Parameter
): {readonly value: ParameterValue} | {readonly problem: string} {
  const value = parseValue(text, parameter);
  try {
    checkParameter("warpers", subject, value, parameter);
    return {value};
  } catch (error) {
    return {problem: error instanceof Error ? error.message : String(error)};
  }
}

/** A list typed as links have it. While what is typed is no list, the last one that was stays in use. */
export function ListField({label, subject, parameter, value, onChange, strings}: Props) {
  const id = useId();
  const printed = printValue(value, parameter);
  /** What was typed, beside the list that stays in use: spaces at its end must not vanish under the typing. */
  const [typed, setTyped] = useState<{text: string; beside: string} | null>(null);
  const text = typed?.beside === printed ? typed.text : printed;
  const read = readList(subject, text, parameter);
  const problem = "problem" in read ? strings.chain.stillUsing(read.problem, printed) : null;
  const take = (next: string) => {
    const result = readList(subject, next, parameter);
    setTyped({text: next, beside: "value" in result ? printValue(result.value, parameter) : printed});
    if ("value" in result) onChange(result.value);
  };
  return (
    <div className="field list">
      <div className="fieldrow">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          type="text"
          className="text mono"
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-about`}
          onChange={(event) => take(event.target.value)}
        />
      </div>
      <FieldNote id={`${id}-about`} problem={problem} hint={strings.chain.listHints[parameter.kind]} />
    </div>
  );
}
