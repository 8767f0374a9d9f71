import type {Request} from "../../engine/index.ts";
import type {Engine} from "../engine.ts";
import type {Failure} from "../failure.ts";
import type {Strings} from "../i18n/strings.ts";
import {litX} from "../panels/machine/litX.ts";
import type {Ways} from "../panels/stop/waysOn.ts";
import {FailureNote, LoadBox, NowBox, StageBox, titleOf} from "./NowBox.tsx";
import type {PanelContext} from "./panelContext.ts";
import {useStore} from "./useView.ts";

type Props = {
  readonly context: PanelContext | null;
  readonly engine: Engine;
  readonly failure: Failure | null;
  /** The trace in view was recorded, or came from a file. */
  readonly needsNoModel: boolean;
  readonly draft: Request;
  readonly onRetry: () => void;
  readonly ways: Ways;
  readonly width: number;
  readonly strings: Strings;
};

/** The stage at the cursor; while there is none, the model on its way; above it, what went wrong. */
export function NowArea(props: Props) {
  const {context, engine, failure, needsNoModel, draft, onRetry, ways, width, strings} = props;
  const state = useStore(engine);
  const inner = width - (width < 640 ? 24 : 42);
  const shown = failure && failure.kind !== "request" ? failure : null;
  const note = shown && (
    <FailureNote
      failure={shown}
      onRetry={onRetry}
      onWasm={draft.backend === "webgpu" ? (ways.wasm ?? null) : null}
      ways={ways}
      strings={strings.errors}
    />
  );
  if (!context || (state.status === "loading" && !needsNoModel))
    return <LoadBox state={state} width={inner} strings={strings} failure={note} />;
  return (
    <div>
      {shown && (
        <NowBox lane="gpu" notch={null} label={titleOf(shown, strings.errors)}>
          {note}
        </NowBox>
      )}
      <StageBox context={context} width={inner} notch={litX(context.view.frame.event.stage, width)} />
    </div>
  );
}
