import type {Engine} from "../../engine.ts";
import {useWidth} from "../../draw/useWidth.ts";
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
      <h1>{state.status === "failed" ? strings.errors.model.title : strings.shell.transport.loading}</h1>
      <div ref={ref} style={{zoom}}>
        <LoadBox
          state={state}
          width={Math.floor(width / zoom) - 42}
          strings={strings}
          failure={
            failure && failure.kind !== "request" ? (
              <FailureNote
                failure={failure}
                onRetry={() => void engine.load(state.wanted).catch(() => undefined)}
                onWasm={null}
                strings={strings.errors}
              />
            ) : null
          }
        />
      </div>
      <button type="button" className="btn" onClick={onLeave}>
        {strings.present.foot.leave}
      </button>
    </>
  );
}
