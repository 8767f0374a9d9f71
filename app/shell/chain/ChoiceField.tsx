import {useId} from "react";

type Props = {
  readonly label: string;
  readonly options: readonly {readonly value: string; readonly text: string}[];
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** One of a few words, in a line with other fields. */
export function ChoiceField({label, options, value, onChange}: Props) {
  const id = useId();
  return (
    <div className="field">
      <div className="fieldrow">
        <label htmlFor={id}>{label}</label>
        <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
