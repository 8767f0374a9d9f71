import {useRef} from "react";
import {lazily} from "./lazily.tsx";
import type {StagePanelProps} from "./panelContext.ts";
import {reveal} from "./reveal.ts";

const TrainingPanel = lazily(() =>
  import("../panels/training/TrainingPanel.tsx").then((module) => module.TrainingPanel)
);

/** Below the tokenizing: a tokenizer trained on a text of the reader's own, once it is opened. */
export function TrainTokenizer({context: {view, looks, onLooks, strings}, width}: StagePanelProps) {
  const {training} = looks;
  const words = strings.training;
  const text = training?.text ?? words.sample;
  const {prompt} = view.request;
  const set = (change: Partial<NonNullable<typeof training>>) =>
    onLooks({training: {text: null, step: null, ...training, ...change}});
  const choices = [
    {text: words.usePrompt, value: prompt, idle: text === prompt},
    {text: words.useSample, value: null, idle: text === words.sample}
  ];
  const part = useRef<HTMLDivElement>(null);
  const open = () => {
    set({step: 0});
    reveal(() => part.current);
  };
  return (
    <div className="traintokenizer" ref={part}>
      <button
        type="button"
        className="btn"
        aria-expanded={training !== null}
        onClick={() => (training ? onLooks({training: null}) : open())}
      >
        {training ? words.close : words.open}
      </button>
      {training && (
        <>
          <p className="about">{words.about}</p>
          <TrainingPanel
            text={text}
            onText={(own) => set({text: own, step: 0})}
            step={training.step}
            onStep={(step) => set({step})}
            width={width}
            strings={strings}
            choices={choices.map((choice) => (
              <button
                key={choice.text}
                type="button"
                className="btn"
                disabled={choice.idle}
                onClick={() => set({text: choice.value, step: 0})}
              >
                {choice.text}
              </button>
            ))}
          />
        </>
      )}
    </div>
  );
}
