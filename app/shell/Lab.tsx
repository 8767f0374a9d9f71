import {useMemo, useState, type ReactNode} from "react";
import type {Request} from "../../engine/index.ts";
import {useWidth} from "../draw/useWidth.ts";
import {settingsOf} from "../branching.ts";
import type {Engine} from "../engine.ts";
import type {Strings} from "../i18n/strings.ts";
import type {Looks} from "../looks.ts";
import type {Ways} from "../panels/stop/waysOn.ts";
import {useSession} from "../session.ts";
import {actionsOf, obey} from "./actions.ts";
import {BranchSection} from "./BranchSection.tsx";
import {sameRequest} from "./draft.ts";
import {useInsideMemory} from "./inside.ts";
import {Lanes} from "./Lanes.tsx";
import {lazily} from "./lazily.tsx";
import {MachineMap} from "./MachineMap.tsx";
import {NowArea} from "./NowArea.tsx";
import {onwardOf} from "./onward.ts";
import {RecordedNote} from "./RecordedNote.tsx";
import {previewOf} from "./previewStep.ts";
import type {PanelContext} from "./panelContext.ts";
import {focusPrompt, focusSettings} from "./focus.ts";
import type {Player} from "./player.ts";
import {reveal} from "./reveal.ts";
import {Sentence} from "./Sentence.tsx";
import {Setup} from "./Setup.tsx";
import {Share} from "./Share.tsx";
import {Transport} from "./Transport.tsx";
import {useKeys} from "./useKeys.ts";
import {useLowWindow} from "./useLowWindow.ts";
import {countIn} from "./useTokenCount.ts";
import {useLoaded, useRecording, useStore, useView} from "./useView.ts";

const PreviewBox = lazily(() => import("./PreviewBox.tsx").then((module) => module.PreviewBox));

type Props = {
  readonly engine: Engine;
  readonly player: Player;
  readonly draft: Request;
  readonly onDraft: (draft: Request) => void;
  readonly looks: Looks;
  readonly onLooks: (change: Partial<Looks>) => void;
  /** The address of what is in view. */
  readonly link: string;
  readonly keysOn: boolean;
  readonly onHelp: () => void;
  readonly onPresent: () => void;
  readonly strings: Strings;
};

/** The main screen: the sentence, the map, the stage at the cursor, what else this pass holds, the steps. */
export function Lab(props: Props) {
  const {engine, player, draft, onDraft, looks, onLooks, link, keysOn, strings} = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const [compared, setCompared] = useState<number | null>(null);
  const inside = useInsideMemory(player);
  const isLow = useLowWindow();
  const {nodes, active} = useSession(player.session);
  const engineState = useStore(engine);
  const state = useStore(player);
  const loaded = useLoaded(engine);
  const view = useView(player, draft, loaded);
  const recording = useRecording(player, draft, loaded);
  const actions = actionsOf(player, draft, onDraft);
  const running = useMemo(() => settingsOf(nodes, active), [nodes, active]);
  const differs = running !== null && !sameRequest(running, draft);
  const preview = useMemo(() => (view && differs ? previewOf(view, draft) : null), [view, differs, draft]);
  const beside = async () => {
    setCompared(await actions.beside());
    reveal(() => document.querySelector("[data-panel=compare]"));
  };
  useKeys(keysOn, (command) => obey(command, player, actions, props), player.stop);

  const needsNoModel = view !== null && (recording !== null || player.vocabularyOf(view.trace) !== null);
  const isOwnModel = view !== null && view.request.model === engineState.wanted.model;
  const small = width < 640;
  const failure = state.failure ?? (engineState.status === "failed" ? engineState.failure : null);
  const noModel = failure?.kind === "model" ? failure : null;
  const onCpu = view?.frame.backend?.name === "wasm" || draft.backend === "wasm";
  const ways: Ways = {
    again: () => actions.goOn(engine),
    ...(!onCpu && {wasm: () => actions.goOn(engine, "wasm")}),
    prompt: focusPrompt,
    settings: focusSettings
  };
  const context: PanelContext | null = view && {
    view,
    strings,
    looks,
    onLooks,
    inside,
    shared: nodes.find(({id}) => id === active)?.at ?? 0,
    onForce: actions.force,
    ways,
    ...(isOwnModel && !recording && {matrix: engine.matrix}),
    quiet: state.loop !== null && state.loop !== "run",
    progress: engineState.status === "loading" ? engineState.progress : [],
    recorded: recording ? engineState.status : null
  };
  const branches = view && (
    <BranchSection
      player={player}
      actions={actions}
      vocabulary={view.vocabulary}
      compared={compared}
      onCompare={setCompared}
      width={width}
      strings={strings}
    />
  );
  const now = (
    <NowArea
      key="now"
      context={context}
      engine={engine}
      failure={recording && noModel ? null : failure}
      needsNoModel={needsNoModel}
      draft={draft}
      onRetry={() => actions.retry(engine)}
      ways={ways}
      width={width}
      strings={strings}
    />
  );
  return (
    <>
      <main className="wrap lab" tabIndex={-1}>
        <h1 className="sr">{strings.shell.lab}</h1>
        <div ref={ref}>
          <Setup
            engine={engine}
            loaded={loaded}
            counted={countIn(view, draft.prompt)}
            draft={draft}
            onDraft={onDraft}
            running={running}
            onStart={actions.start}
            failure={failure}
            preview={
              view &&
              preview && (
                <PreviewBox
                  view={view}
                  preview={preview}
                  onRunOn={actions.runOn}
                  onStart={actions.startAgain}
                  onBeside={() => void beside()}
                  onReset={actions.fields}
                  width={width}
                  strings={strings}
                />
              )
            }
            compact={small}
            strings={strings.settings}
          />
          <RecordedNote
            recording={recording}
            state={state}
            engine={engineState}
            failure={noModel}
            onRetry={() => actions.retry(engine)}
            onWasm={draft.backend === "webgpu" ? (ways.wasm ?? null) : null}
            strings={strings}
          />
          <Sentence
            view={view}
            prompt={draft.prompt}
            staleFrom={preview ? preview.at : null}
            width={width}
            {...(isLow && {lines: 1})}
            strings={strings.shell.sentence}
          />
          {inOrder(
            small,
            <MachineMap
              key="map"
              view={view}
              player={player}
              draft={draft}
              failed={engineState.status === "failed"}
              width={width}
              strings={strings}
            />,
            now
          )}
          {!small && branches}
          {context && <Lanes context={context} width={width} narrow={width < 1216} />}
          {small && branches}
          <Share player={player} view={view} link={link} onShown={actions.fields} strings={strings} />
        </div>
      </main>
      <Transport
        player={player}
        view={view}
        staleFrom={preview?.staleFrom ?? null}
        differs={differs}
        failed={engineState.status === "failed"}
        onStep={actions.step}
        onRun={actions.run}
        onToken={actions.token}
        onEnd={actions.end}
        onward={view && !differs ? onwardOf(view, nodes, active) : null}
        onOnward={(onward) => void actions.onward(onward)}
        strings={strings}
      />
    </>
  );
}

/** On a phone the now box stands before the map. */
const inOrder = (small: boolean, map: ReactNode, now: ReactNode): readonly ReactNode[] =>
  small ? [now, map] : [map, now];
