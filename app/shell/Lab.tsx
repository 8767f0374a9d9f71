import {useState, type ReactNode} from "react";
import type {Request} from "../../engine/index.ts";
import {useWidth} from "../draw/useWidth.ts";
import type {Engine} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import {litX} from "../panels/machine/litX.ts";
import {actionsOf, obey} from "./actions.ts";
import {Lanes} from "./Lanes.tsx";
import {MachineMap} from "./MachineMap.tsx";
import {FailureNote, LoadBox, NowBox, StageBox} from "./NowBox.tsx";
import {firstLooks, type Looks, type PanelContext} from "./panelContext.ts";
import type {Player} from "./player.ts";
import {Sentence} from "./Sentence.tsx";
import {Setup} from "./Setup.tsx";
import {useTapMemory} from "./taps.ts";
import {Transport} from "./Transport.tsx";
import {useKeys} from "./useKeys.ts";
import {useLoaded, useStore, useView} from "./useView.ts";

type Props = {
  readonly engine: Engine;
  readonly player: Player;
  readonly draft: Request;
  readonly onDraft: (draft: Request) => void;
  readonly keysOn: boolean;
  readonly onHelp: () => void;
  readonly strings: Strings;
};

/** The main screen: the sentence, the map, the stage at the cursor, what else this pass holds, the steps. */
export function Lab({engine, player, draft, onDraft, keysOn, onHelp, strings}: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [looks, setLooks] = useState<Looks>(firstLooks);
  const taps = useTapMemory(player);
  const engineState = useStore(engine);
  const state = useStore(player);
  const loaded = useLoaded(engine);
  const view = useView(player, draft, loaded);
  const actions = actionsOf(player, draft);
  useKeys(keysOn, (command) => obey(command, player, actions, onHelp), player.stop);

  const small = width < 640;
  const failure = state.failure ?? (engineState.status === "failed" ? engineState.failure : null);
  const context: PanelContext | null = view && {
    view,
    strings,
    looks,
    onLooks: (change) => setLooks((before) => ({...before, ...change})),
    taps,
    quiet: state.loop !== null && state.loop !== "run",
    progress: engineState.status === "loading" ? engineState.progress : []
  };
  const note = failure && failure.kind !== "request" && (
    <FailureNote
      failure={failure}
      onRetry={() => void actions.retry(engine)}
      onWasm={
        draft.backend === "webgpu" || (failure.kind === "crash" && draft.backend === "auto")
          ? () => onDraft({...draft, backend: "wasm"})
          : null
      }
      strings={strings.errors}
    />
  );
  const inner = width - (small ? 24 : 42);
  const now = (
    <div key="now">
      {!context || engineState.status === "loading" ? (
        <LoadBox state={engineState} width={inner} strings={strings} failure={note || null} />
      ) : (
        <>
          {note && (
            <NowBox lane="gpu" notch={null} label={strings.errors[failure.kind].title}>
              {note}
            </NowBox>
          )}
          <StageBox context={context} width={inner} notch={litX(context.view.frame.event.stage, width)} />
        </>
      )}
    </div>
  );
  return (
    <>
      <main className="wrap lab" tabIndex={-1}>
        <h1 className="sr">{strings.shell.lab}</h1>
        <div ref={ref}>
          <Setup
            engine={engine}
            loaded={loaded}
            draft={draft}
            onDraft={onDraft}
            running={state.request}
            onStart={() => void player.start(draft)}
            failure={failure}
            compact={small}
            strings={strings.settings}
          />
          <Sentence view={view} prompt={draft.prompt} width={width} strings={strings.shell.sentence} />
          {inOrder(
            small,
            <MachineMap
              key="map"
              view={view}
              player={player}
              draft={draft}
              width={width}
              strings={strings}
            />,
            now
          )}
          {context && <Lanes context={context} width={width} narrow={width < 1216} />}
        </div>
      </main>
      <Transport
        player={player}
        view={view}
        failed={engineState.status === "failed"}
        onStep={actions.step}
        onRun={actions.run}
        onToken={actions.token}
        onEnd={actions.end}
        strings={strings}
      />
    </>
  );
}

/** On a phone the now box stands before the map. */
const inOrder = (small: boolean, map: ReactNode, now: ReactNode): readonly ReactNode[] =>
  small ? [now, map] : [map, now];
