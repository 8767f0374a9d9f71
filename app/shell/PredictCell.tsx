import {useState} from "react";
import {PanelFrame} from "../draw/PanelFrame.tsx";
import {formatCount} from "../draw/format.ts";
import {useWidth} from "../draw/useWidth.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Curve, PredictCell as Cell, View} from "../notebook.ts";
import {isReachedBy, reaches, valueText} from "./layoutPredict.ts";
import {NumberField} from "./NumberField.tsx";
import {PredictAsk, useAnswerKeys} from "./PredictAsk.tsx";
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

function Prediction(props: Props & {readonly curve: Curve}) {
  const {cell, views, curve, answered: shown, onAnswered, keysOn, strings} = props;
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const [marked, setGuess] = useState<number | null>(null);
  const guess = marked && Math.min(marked, curve.values.length); // another sentence may have fewer places
  const [moved, setMoved] = useState<number | null>(null);
  const words = strings.notebook.predict;
  const target = moved ?? cell.target.value(...views);
  const truth = reaches(curve, target);
  const skip = () => {
    setGuess(null);
    onAnswered();
  };
  useAnswerKeys(keysOn && !shown, {show: () => guess !== null && onAnswered(), skip});
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
        {shown ? (
          <Answered {...props} {...{target, truth, guess}} onTarget={setMoved} />
        ) : (
          <PredictAsk
            guess={guess}
            most={curve.values.length}
            onGuess={setGuess}
            onShow={onAnswered}
            onSkip={skip}
            words={words}
          />
        )}
      </PanelFrame>
    </div>
  );
}

type AnsweredProps = Pick<Props, "cell" | "strings"> & {
  readonly curve: Curve;
  readonly target: number;
  readonly truth: number;
  readonly guess: number | null;
  readonly onTarget: (target: number) => void;
};

/** What the truth is, in words; of shares also where the line lies, to be moved. */
function Answered({cell, curve, target, truth, guess, onTarget, strings}: AnsweredProps) {
  const {values, scale} = curve;
  const reached = guess === null ? 0 : values[guess - 1]!;
  const needed = values[truth - 1]!;
  return (
    <>
      <p className="narr" aria-live="polite">
        {cell.narrate({guess, truth, isReached: isReachedBy(curve, target), target, reached, needed})}
      </p>
      {!scale && (
        <div className="ask">
          <NumberField
            label={strings.notebook.predict.change}
            range={{min: 0, minExclusive: true, max: 100, slider: [50, 99, 1]}}
            value={Number((100 * target).toFixed(6))}
            onChange={(percent) => onTarget(percent / 100)}
            strings={strings.settings}
          />
        </div>
      )}
    </>
  );
}

function tableOf(curve: Curve, words: Strings["notebook"]["predict"]) {
  const n = curve.values.length;
  const shown = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].filter((place) => place < n);
  return {
    head: [words.table.place, words.table.reached],
    rows: [...shown, n].map((place) => [formatCount(place), valueText(curve, curve.values[place - 1]!)])
  };
}
