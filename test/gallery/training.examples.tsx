import {example} from "gallery";
import {TrainingPanel} from "../../app/panels/training/TrainingPanel.tsx";
import {en} from "../../app/i18n/en/index.ts";

const draw = (width: number, text: string, step: number | null) => (
  <TrainingPanel {...{text, step, width}} onText={() => {}} onStep={() => {}} strings={en} />
);

const {sample} = en.training;
example("training", (width) => draw(width, sample, 3));
example("training-no-merge-yet", (width) => draw(width, sample, 0));
example("training-to-the-end", (width) => draw(width, sample, null));
example("training-tie", (width) => draw(width, "ab ab cd cd", 1));
example("training-half-characters", (width) => draw(width, "東京と東京 🦊🦊", 4));
example("training-nothing", (width) => draw(width, "", 0));
example("training-one-character", (width) => draw(width, "a", 0));
example("training-one-emoji", (width) => draw(width, "🦊", 0));
example("training-no-neighbours", (width) => draw(width, "a\nb\nc", 0));
example("training-one-long-word", (width) => draw(width, "la".repeat(60), 2));
example("training-too-long", (width) => draw(width, "One more word, and another one. ".repeat(80), 12));
