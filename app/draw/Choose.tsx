import {Segmented} from "./Segmented.tsx";

type Props<T extends string | number> = {
  readonly label: string;
  readonly options: readonly {readonly value: T; readonly text: string}[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** A list even of few options: their texts are long. */
  readonly asList?: boolean;
};

/** More buttons than this in a row are harder to use than a list. */
const MOST_BUTTONS = 8;

/** One of several values: a row of buttons, or a list where there are many. */
export function Choose<T extends string | number>(props: Props<T>) {
  const {label, options, value, onChange, asList = false} = props;
  if (!asList && options.length <= MOST_BUTTONS) return <Segmented {...{label, options, value, onChange}} />;
  return (
    <label className="choose">
      <span className="seglabel">{label}</span>
      <select
        value={String(value)}
        onChange={(e) => {
          const chosen = options.find((option) => String(option.value) === e.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={String(option.value)}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
