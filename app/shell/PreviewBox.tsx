import {useMemo} from "react";
import {PanelScope} from "../draw/PanelFrame.tsx";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {DrawPanel} from "../panels/draw/DrawPanel.tsx";
import {WarpPanel} from "../panels/warp/WarpPanel.tsx";
import {ComparePresets} from "./ComparePresets.tsx";
import {Preview} from "./branches/Preview.tsx";
import {sampleOf, type PreviewState} from "./previewStep.ts";

type Props = {
  readonly view: View;
  readonly preview: PreviewState;
  readonly onRunOn: () => void;
  readonly onStart: () => void;
  /** Runs them beside the run in view, from the prompt on. */
  readonly onBeside: () => void;
  readonly onReset: () => void;
  readonly width: number;
  readonly strings: Strings;
};

const GUTTER = 40;

/** The step at the cursor with the settings of the fields, beside the sliders that change them. */
export function PreviewBox({view, preview, onRunOn, onStart, onBeside, onReset, width, strings}: Props) {
  const {request, runStep, tried, stale} = preview;
  const words = strings.shell.preview;
  const tagged = useTagged(strings);
  const again = (
    <p className="previewagain">
      <span className="muted">{words.or}</span>
      <button type="button" className="btn" onClick={onStart}>
        {strings.settings.startAgain}
      </button>
      <button type="button" className="btn" onClick={onBeside}>
        {words.beside}
      </button>
    </p>
  );
  if (!runStep || !tried || "problem" in tried)
    return (
      <section className="preview" aria-label={strings.branches.preview.label}>
        <p role="status">{whyNone(preview, words)}</p>
        <div className="buttons">
          {!tried && (
            <button type="button" className="btn primary" onClick={onRunOn}>
              {strings.branches.preview.runOn}
            </button>
          )}
          <button type="button" className="btn" onClick={onReset}>
            {strings.branches.preview.reset}
          </button>
        </div>
        {again}
      </section>
    );
  const beside = width >= 1000;
  const left = beside ? Math.floor((width - GUTTER) / 2) : width;
  return (
    <div className={`previewbox${beside ? " beside" : ""}`}>
      <div>
        <Preview
          run={view.request}
          preview={request}
          runStep={runStep}
          previewStep={tried.step}
          vocabulary={view.vocabulary}
          onRunOn={onRunOn}
          onReset={onReset}
          stale={stale}
          strings={strings}
        />
        {again}
      </div>
      <PanelScope value="preview-">
        <DrawPanel
          probabilities={tried.step.probabilities}
          sample={sampleOf(tried.step, request)}
          seed={request.seed}
          position={preview.at}
          vocabulary={view.vocabulary}
          width={beside ? width - GUTTER - left : width}
          strings={tagged}
        />
        <div className="whole">
          {tried.step.chain.length > 0 && (
            <WarpPanel
              logits={tried.step.logits}
              chain={tried.step.chain}
              reached={tried.step.chain.length}
              nowIndex={null}
              vocabulary={view.vocabulary}
              width={width}
              strings={tagged}
            />
          )}
          <ComparePresets view={view} request={request} width={width} strings={strings} />
        </div>
      </PanelScope>
    </div>
  );
}

/** Why there is nothing to show of the step. */
function whyNone({tried, stepwise, staleFrom}: PreviewState, words: Strings["shell"]["preview"]): string {
  if (tried && "problem" in tried) return tried.problem;
  if (!stepwise) return words.search;
  return staleFrom === null ? words.before : words.ahead;
}

/** Panel titles that say what they show is not the run's. */
function useTagged(strings: Strings): Strings {
  return useMemo(() => {
    const {tag} = strings.shell.preview;
    const {warp, draw} = strings;
    return {...strings, warp: {...warp, title: tag(warp.title)}, draw: {...draw, title: tag(draw.title)}};
  }, [strings]);
}
