import {useMemo, useState} from "react";
import type {Request} from "../../engine/index.ts";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {lazily} from "./lazily.tsx";
import {presetColumns} from "./presetColumns.ts";

const PresetPanel = lazily(() =>
  import("../panels/presets/PresetPanel.tsx").then((module) => module.PresetPanel)
);

type Props = {
  readonly view: View;
  /** Whose chain is compared: the run's, or one that is tried out. */
  readonly request: Request;
  readonly width: number;
  readonly strings: Strings;
};

/** The same settings in other engines, once asked for: five chains are five times the work. */
export function ComparePresets({view, request, width, strings}: Props) {
  const [open, setOpen] = useState(false);
  const columns = useMemo(() => (open ? presetColumns(view, request) : null), [open, view, request]);
  if (!view.step) return null;
  const words = strings.presets;
  return (
    <div className="comparepresets">
      <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? words.hide : words.show}
      </button>
      {columns && (
        <PresetPanel
          logits={view.step.logits}
          columns={columns}
          vocabulary={view.vocabulary}
          width={width}
          strings={strings}
        />
      )}
    </div>
  );
}
