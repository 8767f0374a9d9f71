import {useEffectEvent, useEffect, useState} from "react";
import {PanelFrame} from "../draw/PanelFrame.tsx";
import {formatCount} from "../draw/format.ts";
import {useWidth} from "../draw/useWidth.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Curve, PredictCell as Cell, View} from "../notebook.ts";
import {usesKey} from "./keys.ts";
import {isReachedBy, reaches, valueText} from "./layoutPredict.ts";
import {NumberField} from "./NumberField.tsx";
import {PredictChart} from "./PredictChart.tsx";

type Props = {
  readonly cell: Cell;
  /** Of the runs that the question is about. */
  readonly views: readonly (View | null)[];
  readonly answered: boolean;
  readonly onAnswered: () => void;
  readonly keysOn: boolean;
  readonly strings: Strings;
};

/** A question, an axis for the answer, then the truth on the same axis. */
export function PredictCell(props: Props) {
  const {cell, views, strings} = props;
  const there = views.flatMap((view) => view ?? []);
  const curve = there.length === views.length ? cell.curve(...there) : null;
  return (
    <>
      <h2 className="q" id={cell.id}>
        {cell.question(...views)}
      </h2>
      <div className="cell cpu">
        {curve ? (
          <Prediction {...props} curve={curve} />
        ) : (
          <p className="muted">{there.length > 0 ? strings.notebook.running : strings.notebook.loading}</p>
        )}
      </div>
    </>
  );
}

function Prediction({
  cell,
  views,
  curve,
  answered: shown,
  onAnswered,
  keysOn,
  strings
}: Props & {readonly curve: Curve}) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const [marked, setGuess] = useState<number | null>(null);
  const guess = marked && Math.min(marked, curve.values.length); // another sentence may have fewer places
  const [moved, setMoved] = useState<number | null>(null);
  const words = strings.notebook.predict;
  const target = moved ?? cell.target.value(...views);
  const truth = reaches(curve, target);
  const reached = guess === null ? 0 : curve.values[guess - 1]!;
  useAnswerKeys(keysOn && !shown, {
    show: () => guess !== null && onAnswered(),
    skip: () => {
      setGuess(null);
      onAnswered();
    }
  });
  return (
    <div ref={ref}>
      <PanelFrame
        id={cell.id}
        title={cell.title}
        sub={shown ? words.sub.shown : words.sub.asking}
        provenance="derived"
        how={cell.how}
        strings={strings.panel}
        {...(shown && {table: tableOf(curve, words)})}
      >
        <PredictChart
          curve={curve}
          target={target}
          targetLabel={cell.target.label(target)}
          truth={truth}
          guess={guess}
          shown={shown}
          width={width}
          onGuess={setGuess}
          strings={words}
        />
      </PanelFrame>
      {shown ? (
        <>
          <p className="narr" aria-live="polite">
            {cell.narrate({guess, truth, isReached: isReachedBy(curve, target), target, reached})}
          </p>
          {!curve.scale && (
            <div className="ask">
              <NumberField
                label={words.change}
                range={{min: 0, minExclusive: true, max: 1, slider: [0.5, 0.99, 0.01]}}
                value={target}
                onChange={setMoved}
                strings={strings.settings}
              />
            </div>
          )}
        </>
      ) : (
        <Ask
          guess={guess}
          most={curve.values.length}
          onGuess={setGuess}
          onShow={onAnswered}
          onSkip={() => {
            setGuess(null);
            onAnswered();
          }}
          words={words}
        />
      )}
    </div>
  );
}

type AskProps = {
  readonly guess: number | null;
  readonly most: number;
  readonly onGuess: (guess: number) => void;
  readonly onShow: () => void;
  readonly onSkip: () => void;
  readonly words: Strings["notebook"]["predict"];
};

/** The typed number, and the two ways on. */
function Ask({guess, most, onGuess, onShow, onSkip, words}: AskProps) {
  const [wrong, setWrong] = useState<string | null>(null);
  const take = (text: string) => {
    const number = Number(text.replaceAll(",", ""));
    const ok = text.trim() !== "" && Number.isInteger(number) && number >= 1 && number <= most;
    setWrong(ok || text === "" ? null : text);
    if (ok) onGuess(number);
  };
  return (
    <form
      className="ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (guess !== null && wrong === null) onShow();
      }}
    >
      <label>
        {words.your}{" "}
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          className="guess"
          value={wrong ?? (guess === null ? "" : String(guess))}
          aria-invalid={wrong !== null || undefined}
          onChange={(event) => take(event.target.value)}
        />
      </label>
      <button type="submit" className="btn primary" disabled={guess === null || wrong !== null}>
        {words.show} <kbd aria-hidden="true">{words.keys.show}</kbd>
      </button>
      <button type="button" className="btn" onClick={onSkip}>
        {words.skip} <kbd aria-hidden="true">{words.keys.skip}</kbd>
      </button>
      <span className={wrong === null ? "muted" : "problem"}>
        {wrong === null ? words.how : words.range(most)}
      </span>
    </form>
  );
}

/** Enter shows, S skips, unless the focused control uses the key. */
function useAnswerKeys(on: boolean, {show, skip}: {show: () => void; skip: () => void}): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (usesKey(target, event.key === "Enter" ? " " : event.key)) return;
    if (event.key === "Enter") show();
    if (event.key === "s" || event.key === "S") skip();
  });
  useEffect(() => {
    if (!on) return;
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [on]);
}

function tableOf(curve: Curve, words: Strings["notebook"]["predict"]) {
  const n = curve.values.length;
  const shown = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].filter((place) => place < n);
  return {
    head: [words.table.place, words.table.reached],
    rows: [...shown, n].map((place) => [formatCount(place), valueText(curve, curve.values[place - 1]!)])
  };
}
