type Props<T extends string | number> = {
  readonly label: string;
  readonly options: readonly {readonly value: T; readonly text: string}[];
  readonly value: T;
  readonly onChange: (value: T) => void;
};

/** A row of buttons of which one is pressed. */
export function Segmented<T extends string | number>({label, options, value, onChange}: Props<T>) {
  return (
    <span className="seg" role="group" aria-label={label}>
      <span className="seglabel" aria-hidden="true">
        {label}
      </span>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </span>
  );
}
