import {useRef} from "react";
import type {Request} from "../../../engine/index.ts";
import type {Engine} from "../../engine.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Looks} from "../../looks.ts";
import {useInsideMemory} from "../inside.ts";
import type {Player} from "../player.ts";
import {useCommands} from "../useKeys.ts";
import {useLoaded, useStore, useView} from "../useView.ts";
import {aboutEvent, aboutNext} from "./about.ts";
import {Heading} from "./Heading.tsx";
import {isAsking, movesOf, type Asking} from "./moves.ts";
import {LastLine} from "./LastLine.tsx";
import {isDrawnAsking, PresentPanel} from "./PresentPanel.tsx";
import {PresentFoot} from "./PresentFoot.tsx";
import {presentCommandOf, type PresentCommand} from "./presentKeys.ts";
import {questionOf} from "./questionOf.ts";
import {Stage} from "./Stage.tsx";
import {useUnit} from "./useUnit.ts";
import {Votes} from "./Votes.tsx";
import {Waiting} from "./Waiting.tsx";

type Props = {
  readonly engine: Engine;
  /** The lab's: the same run, the same cursor. */
  readonly player: Player;
  readonly draft: Request;
  readonly looks: Looks;
  readonly onLooks: (change: Partial<Looks>) => void;
  readonly asking: Asking;
  readonly keysOn: boolean;
  readonly helpOpen: boolean;
  readonly onHelp: () => void;
  readonly onLeave: () => void;
  readonly strings: Strings;
};

/** The view for a projector: a sentence, a question, one panel, what can be voted for. The answer comes when asked. */
export function Presenter(props: Props) {
  const {engine, player, draft, looks, onLooks, asking, keysOn, helpOpen, onHelp, onLeave, strings} = props;
  const view = useView(player, draft, useLoaded(engine));
  const state = useStore(player);
  const inside = useInsideMemory(player);
  const unit = useUnit();
  const scroller = useRef<HTMLDivElement>(null);
  const moves = movesOf(player, view, draft, asking);
  useCommands(
    (event) => (keysOn || event.key === "Escape" ? presentCommandOf(event) : null),
    (command) => {
      const scroll = (by: number) => scroller.current?.scrollBy({top: by * unit.u});
      const acts: Readonly<Record<PresentCommand, () => void>> = {
        on: moves.on,
        back: moves.back,
        token: () => void moves.token(),
        start: moves.start,
        end: moves.end,
        up: () => scroll(-12),
        down: () => scroll(12),
        leave: onLeave,
        help: onHelp
      };
      acts[command]();
    },
    player.stop
  );
  const style = {"--u": `${unit.u}px`} as React.CSSProperties;
  if (!view)
    return (
      <main className="present" style={style} tabIndex={-1}>
        <Waiting {...{engine, player, zoom: unit.zoom.panel, onLeave, strings}} />
      </main>
    );
  const asks = isAsking(view, asking);
  const next = aboutNext(view);
  const about = asks ? next! : aboutEvent(view.frame.event);
  const asked = questionOf(view, about);
  const isBare = asks && !isDrawnAsking(about);
  return (
    <main
      className={["present", helpOpen && "help", isBare && "bare"].filter(Boolean).join(" ")}
      style={style}
      tabIndex={-1}
    >
      <LastLine {...{view, strings}} zoom={unit.zoom.sentence} />
      <h1 aria-live="polite">
        <Heading {...{view, asked, asks, strings}} />
      </h1>
      <Stage
        scroller={scroller}
        unit={unit}
        label={strings.present.panel}
        draw={(width, height) => (
          <PresentPanel
            context={{view, strings, looks, onLooks, inside, shared: 0, quiet: false, progress: []}}
            about={about}
            asking={asks}
            width={width}
            height={height}
          />
        )}
      />
      {asked && asked.choices.length > 1 && (
        <Votes
          choices={asked.choices}
          right={asks ? null : asked.right}
          brief={!isDrawnAsking(about) && !isBare}
          vocabulary={view.vocabulary}
          strings={strings.present}
        />
      )}
      <PresentFoot
        {...{player, view, onHelp, onLeave, strings}}
        asking={asks}
        asksNext={next !== null && questionOf(view, next) !== null}
        busy={state.waiting || state.loop !== null}
        zoom={unit.zoom.timeline}
        onOn={moves.on}
        onBack={moves.back}
      />
    </main>
  );
}
