/** Words around the steps, in the reader's language. */
export type StepStrings = {
  readonly steps: string;
  readonly first: string;
  readonly back: string;
  readonly next: string;
  readonly all: string;
  readonly merge: string;
  readonly of: (total: number) => string;
  readonly mergeValue: (step: number, total: number) => string;
};

type Props = {
  /** Merges done. */
  readonly step: number;
  readonly total: number;
  /** Null: all of them. */
  readonly onStep: (step: number | null) => void;
  readonly strings: StepStrings;
};

/** First, back, next, all; a slider and a field for the same number. */
export function MergeSteps({step, total, onStep, strings}: Props) {
  const go = (to: number) => {
    if (Number.isNaN(to)) return;
    onStep(Math.min(total, Math.max(0, Math.round(to))));
  };
  const button = (text: string, to: number | null, disabled: boolean) => (
    <button type="button" className="btn" disabled={disabled} onClick={() => onStep(to)}>
      {text}
    </button>
  );
  return (
    <div className="mergesteps" role="group" aria-label={strings.steps}>
      {button(strings.first, 0, step === 0)}
      {button(strings.back, step - 1, step === 0)}
      {button(strings.next, step + 1, step === total)}
      {button(strings.all, null, step === total)}
      <input
        type="range"
        aria-label={strings.merge}
        aria-valuetext={strings.mergeValue(step, total)}
        min={0}
        max={total}
        value={step}
        onChange={(event) => go(event.target.valueAsNumber)}
      />
      <label>
        {strings.merge}{" "}
        <input
          type="number"
          min={0}
          max={total}
          value={step}
          onChange={(event) => go(event.target.valueAsNumber)}
        />{" "}
        {strings.of(total)}
      </label>
    </div>
  );
}
