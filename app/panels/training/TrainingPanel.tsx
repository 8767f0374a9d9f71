import {useId, useMemo, type ReactNode} from "react";
import {MergeSteps} from "../../draw/MergeSteps.tsx";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {learn, MOST_CHARACTERS} from "./learn.ts";
import {NewTokens} from "./NewTokens.tsx";
import {PairBars} from "./PairBars.tsx";
import {sayTraining} from "./sayTraining.tsx";
import {trainingTable} from "./trainingTable.tsx";
import {Words} from "./Words.tsx";
import "./training.css";

type Props = {
  /** What is learned from. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** How many merges are done; null: all. */
  readonly step: number | null;
  readonly onStep: (step: number | null) => void;
  /** Other texts to choose, below the field. */
  readonly choices?: ReactNode;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "training">;
};

/** From this width on the pairs stand beside the pieces. */
const SIDE_BY_SIDE = 600;

/** BPE learning from the reader's own text, a merge at a time: pair counts, pieces, and the text in the new tokens. */
export function TrainingPanel(props: Props) {
  const {text, onText, step: asked, onStep, choices, width, strings} = props;
  const words = strings.training;
  const learned = useMemo(() => learn(text), [text]);
  const {states, bytes} = learned;
  const total = states.length - 1;
  const step = Math.min(asked ?? total, total);
  const table = useMemo(() => trainingTable(learned, step, words), [learned, step, words]);
  const state = states[step]!;
  return (
    <PanelFrame
      id="training"
      title={words.title}
      sub={words.sub(learned.text.words.length)}
      provenance="derived"
      how={words.how}
      strings={strings.panel}
      {...(step > 0 && {table})}
    >
      <div className="training">
        <TextField text={text} onText={onText} choices={choices} strings={words} />
        {total > 0 && <MergeSteps {...{step, total}} onStep={onStep} strings={words} />}
        <p className="say" aria-live="polite">
          <Sentence pieces={sayTraining(learned, step, words)} />
        </p>
        {state.words.length > 0 && (
          <div className={width >= SIDE_BY_SIDE ? "beside" : ""}>
            <PairBars pairs={state.pairs} bytes={bytes} strings={words} />
            <Words {...{states, step, bytes}} strings={words} />
          </div>
        )}
        {state.words.length > 0 && <NewTokens {...{learned, step}} strings={words} />}
      </div>
    </PanelFrame>
  );
}

type TextProps = Pick<Props, "text" | "onText" | "choices"> & {readonly strings: Strings["training"]};

function TextField({text, onText, choices, strings}: TextProps) {
  const id = useId();
  const length = [...text].length;
  const isCut = text.length > MOST_CHARACTERS && length > MOST_CHARACTERS;
  return (
    <div className="trainingtext">
      <label htmlFor={id}>{strings.text}</label>
      <textarea
        id={id}
        rows={4}
        dir="auto"
        spellCheck={false}
        value={text}
        {...(isCut && {"aria-describedby": `${id}-cut`})}
        onChange={(event) => onText(event.target.value)}
      />
      {isCut && (
        <p id={`${id}-cut`} className="note">
          {strings.cut(MOST_CHARACTERS, length)}
        </p>
      )}
      {choices && <p className="choices">{choices}</p>}
    </div>
  );
}
