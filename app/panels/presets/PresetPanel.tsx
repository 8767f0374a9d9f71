import {useMemo} from "react";
import type {Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {Sentence} from "../../draw/Sentence.tsx";
import type {Strings} from "../../i18n/strings.ts";
import {layoutPresets, type PresetColumn} from "./layoutPresets.ts";
import {PresetGrid} from "./PresetGrid.tsx";
import {presetTable} from "./presetTable.tsx";
import {sayPresets} from "./sayPresets.tsx";
import "./presets.css";

type Props = {
  /** float32 (vocab_size), before any warper */
  readonly logits: Float32Array;
  readonly columns: readonly PresetColumn[];
  readonly vocabulary: Vocabulary;
  readonly width: number;
  readonly strings: Pick<Strings, "panel" | "presets">;
};

/** The same settings in the order and by the rules of known engines: which tokens live, which die. */
export function PresetPanel({logits, columns, vocabulary, width, strings}: Props) {
  const text = strings.presets;
  const layout = useMemo(() => layoutPresets(logits, columns), [logits, columns]);
  const table = useMemo(
    () => presetTable(logits, columns, vocabulary, text),
    [logits, columns, vocabulary, text]
  );
  return (
    <PanelFrame
      id="presets"
      title={text.title}
      sub={text.sub}
      provenance="derived"
      how={text.how}
      strings={strings.panel}
      say={<Sentence pieces={sayPresets(layout, columns, text)} />}
      table={table}
    >
      <PresetGrid {...{layout, columns, vocabulary, width}} strings={text} />
    </PanelFrame>
  );
}
