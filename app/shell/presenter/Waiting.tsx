import type {Engine} from "../../engine.ts";
import {useWidth} from "../../draw/useWidth.ts";
import type {Failure} from "../../failure.ts";
import type {Strings} from "../../i18n/strings.ts";
import {FailureNote, LoadBox} from "../NowBox.tsx";
import type {Player} from "../player.ts";
import {useStore} from "../useView.ts";

type Props = {
  readonly engine: Engine;
  readonly player: Player;
  readonly zoom: number;
  readonly onLeave: () => void;
  readonly strings: Strings;
};

/** While there is no model: its files on their way, or what went wrong. */
export function Waiting({engine, player, zoom, onLeave, strings}: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const state = useStore(engine);
  const {failure: ofPlayer} = useStore(player);
  const failure = state.status === "failed" ? state.failure : ofPlayer;
  return (
    <>
      <h1>{failure ? strings.errors.model.title : strings.shell.transport.loading}</h1>
      <div ref={ref} style={{zoom}}>
        <LoadBox
          state={state}
          width={Math.floor(width / zoom) - 42}
          strings={strings}
          failure={failure && <Failed {...{engine, player, failure, strings}} />}
        />
      </div>
      <button type="button" className="btn" onClick={onLeave}>
        {strings.present.foot.leave}
      </button>
    </>
  );
}

type FailedProps = Pick<Props, "engine" | "player" | "strings"> & {readonly failure: Failure};

/** What went wrong; the settings that could be wrong are in the lab. */
export function Failed({engine, player, failure, strings}: FailedProps) {
  if (failure.kind === "request")
    return (
      <p className="problem" role="alert">
        {failure.message}
      </p>
    );
  const reload = () => void engine.reload(engine.get().wanted).catch(() => undefined);
  const again = () => (player.get().request && !player.isRecorded() ? void player.goOn() : reload());
  return (
    <FailureNote failure={failure} onRetry={reload} onWasm={null} ways={{again}} strings={strings.errors} />
  );
}
