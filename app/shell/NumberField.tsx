import {useId, useState, type KeyboardEvent} from "react";
import {describeRange, type ParameterRange} from "../../engine/index.ts";
import type {Strings} from "../i18n/strings.ts";
import {capital} from "./Said.tsx";

type Range = Pick<ParameterRange, "min" | "max" | "minExclusive" | "integer"> & {
  readonly slider?: ParameterRange["slider"];
};

type Props = {
  readonly label: string;
  readonly hint?: string;
  readonly range: Range;
  readonly value: number;
  readonly disabled?: boolean;
  /** Called with valid values only. */
  readonly onChange: (value: number) => void;
  /** What the engine refused about it. */
  readonly refused?: string | null;
  readonly strings: Strings["settings"];
};

/** Whether the engine would take this value. */
export function isInRange(value: number, {min, max, minExclusive, integer}: Range): boolean {
  if (!Number.isFinite(value) || value > max || (integer && !Number.isInteger(value))) return false;
  return minExclusive ? value > min : value >= min;
}

/** One arrow key's worth up or down, inside the range. */
export function nudged(value: number, direction: 1 | -1, range: Range): number {
  const step = range.slider?.[2] ?? 1;
  const next = Number((value + direction * step).toFixed(6));
  return isInRange(next, range) ? next : value;
}

const ARROWS: Readonly<Record<string, 1 | -1>> = {ArrowUp: 1, ArrowDown: -1};

/** A number to type, with arrow keys, and a slider where one makes sense. What is refused stands below it. */
export function NumberField(props: Props) {
  const {label, hint, range, value, disabled, onChange, refused, strings} = props;
  const id = useId();
  /** What was typed, as it was: "1." on the way to 1.5. Beside a valid value, or the one that stays in use. */
  const [typed, setTyped] = useState<{text: string; isValid: boolean; value: number} | null>(null);
  const shown = typed?.value === value ? typed : null;
  const take = (text: string) => {
    const number = text.trim() === "" ? NaN : Number(text);
    const isValid = isInRange(number, range);
    setTyped({text, isValid, value: isValid ? number : value});
    if (isValid) onChange(number);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Enter" && shown?.isValid !== false) event.currentTarget.blur(); // single keys act again
    const direction = ARROWS[event.key];
    if (!direction) return;
    event.preventDefault();
    setTyped(null);
    onChange(nudged(value, direction, range));
  };
  const problem =
    shown === null || shown.isValid
      ? refused
      : strings.stillUsing(strings.mustBe(label, describeRange(range)), value);
  return (
    <div className={`field${disabled ? " off" : ""}`}>
      <div className="fieldrow">
        <label htmlFor={id}>{label}</label>
        {range.slider && (
          <Slider slider={range.slider} label={label} value={value} disabled={disabled} onChange={take} />
        )}
        <input
          id={id}
          type="text"
          role="spinbutton"
          aria-valuenow={value}
          inputMode={range.integer ? "numeric" : "decimal"}
          autoComplete="off"
          className="number"
          value={shown?.text ?? String(value)}
          disabled={disabled}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem || hint ? `${id}-about` : undefined}
          onChange={(e) => take(e.target.value)}
          onBlur={() => shown?.isValid && setTyped(null)}
          onKeyDown={onKeyDown}
        />
      </div>
      <FieldNote id={`${id}-about`} problem={problem} hint={hint} />
    </div>
  );
}

type SliderProps = {
  readonly slider: ParameterRange["slider"];
  readonly label: string;
  readonly value: number;
  readonly disabled: boolean | undefined;
  readonly onChange: (text: string) => void;
};

/** Moves the same number by hand; with the keyboard the number's own arrow keys do. */
function Slider({slider: [from, to, step], label, value, disabled, onChange}: SliderProps) {
  return (
    <input
      type="range"
      aria-label={label}
      tabIndex={-1}
      min={from}
      max={to}
      step={step}
      value={Math.min(to, Math.max(from, value))}
      disabled={disabled}
      onChange={(e) => onChange(e.target.value)}
    />
  );
}

type NoteProps = {
  readonly id?: string;
  readonly problem: string | null | undefined;
  readonly hint?: string | undefined;
};

/** Below a field: what is wrong with it, otherwise what it does. */
export function FieldNote({id, problem, hint}: NoteProps) {
  if (problem)
    return (
      <p id={id} className="problem" role="alert">
        {capital(problem)}
      </p>
    );
  return hint ? (
    <p id={id} className="hint">
      {hint}
    </p>
  ) : null;
}
