import {useRef, type CSSProperties, type RefObject} from "react";
import type {Request} from "../../../engine/index.ts";
import type {Engine} from "../../engine.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {Looks} from "../../looks.ts";
import type {View} from "../../notebook.ts";
import {useInsideMemory} from "../inside.ts";
import type {Player} from "../player.ts";
import {useLoaded, useRecording, useStore, useView} from "../useView.ts";
import {aboutEvent, aboutNext, type About} from "./about.ts";
import {Heading} from "./Heading.tsx";
import {isAsking, movesOf, type Asking} from "./moves.ts";
import {LastLine} from "./LastLine.tsx";
import {isDrawnAsking, PresentPanel} from "./PresentPanel.tsx";
import {PresentFoot} from "./PresentFoot.tsx";
import {questionOf} from "./questionOf.ts";
import {Stage} from "./Stage.tsx";
import {useKeyed} from "./useKeyed.ts";
import {usePresentKeys} from "./usePresentKeys.ts";
import {useUnit, type Unit} from "./useUnit.ts";
import "../../styles/presenter.css";
import {Votes} from "./Votes.tsx";
import {Failed, Waiting} from "./Waiting.tsx";

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
  const {engine, player, draft, asking, keysOn, helpOpen, onHelp, onLeave, strings} = props;
  const loaded = useLoaded(engine);
  const view = useView(player, draft, loaded);
  const isRecorded = useRecording(player, draft, loaded) !== null;
  const unit = useUnit();
  const isKeyed = useKeyed();
  const scroller = useRef<HTMLDivElement>(null);
  const moves = movesOf(player, view, draft, asking);
  const onAny = player.stop;
  usePresentKeys({on: keysOn, moves, scroller, stride: 12 * unit.u, onHelp, onLeave, onAny});
  const about = view && aboutNow(view, asking);
  const className = ["present", helpOpen && "help", about && isBare(about) && "bare", isKeyed && "keyed"];
  return (
    <main
      className={className.filter(Boolean).join(" ")}
      data-asks={about?.asks ? about.stage : undefined}
      style={{"--u": `${unit.u}px`} as CSSProperties}
      tabIndex={-1}
    >
      {view && about ? (
        <Screen {...props} {...{view, isRecorded, about, unit, scroller, moves}} />
      ) : (
        <Waiting {...{engine, player, zoom: unit.zoom.panel, onLeave, strings}} />
      )}
    </main>
  );
}

/** What a screen is about, and whether that is still a question. */
type Shown = About & {readonly asks: boolean};

function aboutNow(view: View, asking: Asking): Shown {
  const next = isAsking(view, asking) ? aboutNext(view) : null;
  return next ? {...next, asks: true} : {...aboutEvent(view.frame.event), asks: false};
}

/** A question with nothing to draw before its answer. */
const isBare = (about: Shown): boolean => about.asks && !isDrawnAsking(about);

type ScreenProps = Props & {
  readonly view: View;
  readonly isRecorded: boolean;
  readonly about: Shown;
  readonly unit: Unit;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly moves: ReturnType<typeof movesOf>;
};

function Screen({view, isRecorded, about, unit, scroller, moves, ...props}: ScreenProps) {
  const {engine, player, draft, looks, onLooks, onHelp, onLeave, strings} = props;
  const {asks} = about;
  const {waiting, loop, failure} = useStore(player);
  const {status} = useStore(engine);
  const inside = useInsideMemory(player);
  const asked = questionOf(view, about);
  const next = aboutNext(view);
  const recorded = isRecorded ? status : null;
  const context = {view, strings, looks, onLooks, inside, shared: 0, quiet: false, progress: [], recorded};
  return (
    <>
      <LastLine {...{view, strings}} zoom={unit.zoom.sentence} />
      <Heading {...{view, asked, asks, strings}} />
      <Stage {...{scroller, unit}} label={strings.present.panel}>
        {(width, height) =>
          failure ? (
            <Failed {...{engine, player, failure, strings}} />
          ) : (
            <PresentPanel {...{context, about, width, height}} asking={asks} />
          )
        }
      </Stage>
      {asked && asked.choices.length > 1 && (
        <Votes
          choices={asked.choices}
          right={asks ? null : asked.right}
          brief={!isDrawnAsking(about) && !isBare(about)}
          note={asks ? null : ranIn(view, strings)}
          vocabulary={view.vocabulary}
          strings={strings.present}
        />
      )}
      <PresentFoot
        {...{player, draft, view, isRecorded, onHelp, onLeave, strings}}
        asking={asks}
        aboutWarper={about.warp !== null}
        asksNext={next !== null && questionOf(view, next) !== null}
        busy={waiting || loop !== null}
        zoom={unit.zoom.timeline}
        onOn={moves.on}
        onBack={moves.back}
      />
    </>
  );
}

/** Of a decode, what it ran and what it found in the cache. */
function ranIn({frame: {event}}: View, {present}: Strings): string | null {
  if (event.stage !== "decode") return null;
  const {from, to} = event.positions;
  return present.ran(from, to, (event.batch ?? 1) > 1, event.measured?.ms);
}
