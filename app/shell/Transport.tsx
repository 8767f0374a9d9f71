import type {ReactNode} from "react";
import {useWidth} from "../draw/useWidth.ts";
import type {Strings} from "../i18n/strings.ts";
import type {View} from "../notebook.ts";
import {useSession} from "../session.ts";
import {nextOf} from "./nextStage.ts";
import type {Onward} from "./onward.ts";
import type {Loop, Player, PlayerState} from "./player.ts";
import {spokenNow} from "./spokenNow.ts";
import {Timeline} from "./Timeline.tsx";
import {BackButton, NowSaid, StepButton, TokenWord} from "./TransportButtons.tsx";
import {useStore} from "./useView.ts";

type Props = {
  readonly player: Player;
  readonly view: View | null;
  /** First event that other settings in the fields make stale; null for none. */
  readonly staleFrom?: number | null;
  /** The fields say something else than what the steps go on with. */
  readonly differs?: boolean;
  /** There is no model, and none on its way. */
  readonly failed: boolean;
  /** Begins or continues: what the Step button and its key do. */
  readonly onStep: () => void;
  readonly onRun: () => void;
  readonly onToken: () => void;
  readonly onEnd: () => void;
  /** What leads on from the end; null where nothing does. */
  readonly onward: Onward | null;
  readonly onOnward: (onward: Onward) => void;
  readonly strings: Strings;
};

/** The bar at the bottom: the timeline, and three buttons whose words tell what was, what is and what comes. */
export function Transport(props: Props) {
  const {player, view, staleFrom = null, differs = false, failed, strings} = props;
  const {trace, length, cursor} = useSession(player.session);
  const [ref, width] = useWidth<HTMLDivElement>();
  const state = useStore(player);
  const words = strings.shell.transport;
  return (
    <section ref={coverPage} className="transport" aria-label={words.label}>
      <div className="wrap">
        <div ref={ref}>
          <Timeline
            trace={view && length === 0 ? view.trace : trace}
            length={view ? Math.max(length, 1) : length}
            cursor={Math.max(cursor, view ? 0 : -1)}
            staleFrom={staleFrom}
            request={state.request ?? view?.request ?? null}
            width={width}
            vocabulary={view?.vocabulary ?? null}
            spoken={view ? spokenNow(view, strings) : ""}
            onSeek={(to) => {
              player.stop();
              player.seek(to);
            }}
            strings={words}
          />
        </div>
        <div className="ctl">
          <BackButton player={player} view={view} strings={strings} />
          <NowSaid view={view} state={state} failed={failed} strings={strings} />
          <StepButton {...{view, state, failed, differs, strings}} onStep={props.onStep} />
          <Jumps {...props} state={state} />
        </div>
      </div>
    </section>
  );
}

/** Tells the page how much of it the bar covers, so that nothing gets the focus below the bar. */
function coverPage(bar: HTMLElement | null) {
  if (!bar) return;
  const {style} = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty("--bar", `${bar.offsetHeight}px`));
  observer.observe(bar);
  return () => {
    observer.disconnect();
    style.removeProperty("--bar");
  };
}

/** The three jumps. While one of them goes on, it is the button that stops it; at the end, what leads on is there. */
function Jumps(props: Props & {readonly state: PlayerState}) {
  const {player, view, state, onRun, onToken, onEnd, onward, onOnward, strings} = props;
  const words = strings.shell.transport;
  const {keys} = words;
  const ended = !view || nextOf(view.trace, view.frame, view.request, view.config) === null;
  const jump = (loop: Loop, text: ReactNode, key: string, act: () => void, className = "") => {
    const mine = state.loop === loop;
    const stopWord = loop === "run" ? words.pause : words.stop;
    return (
      <button
        type="button"
        className={`btn ${className}`}
        data-going={mine || undefined}
        disabled={ended && !mine}
        onClick={() => (mine ? player.stop() : act())}
      >
        {mine ? stopWord : text}
        <kbd aria-hidden="true">{mine ? keys.stop : key}</kbd>
      </button>
    );
  };
  return (
    <div className="jump">
      {jump("token", <TokenWord strings={words} />, keys.token, onToken)}
      {jump("run", words.run, keys.run, onRun)}
      {jump("end", words.end, keys.end, onEnd, "end")}
      {onward && state.loop === null && (
        <button type="button" className="btn primary onward" onClick={() => onOnward(onward)}>
          {onward.tokens === null ? words.nextSeed : words.more(onward.tokens)}
        </button>
      )}
    </div>
  );
}
