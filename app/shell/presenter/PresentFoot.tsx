import {useMemo} from "react";
import type {Request} from "../../../engine/index.ts";
import {settingsOf} from "../../branching.ts";
import {useWidth} from "../../draw/useWidth.ts";
import {actingWarpers} from "../../draw/actingWarpers.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {View} from "../../notebook.ts";
import {useSession} from "../../session.ts";
import {sameRequest} from "../draft.ts";
import {passNumber} from "../narrate.ts";
import type {Player} from "../player.ts";
import {spokenNow} from "../spokenNow.ts";
import {Timeline} from "../Timeline.tsx";
import {aboutNext} from "./about.ts";
import {Hints, type HintsProps} from "./Hints.tsx";

type Props = HintsProps & {
  readonly player: Player;
  /** What the lab's settings say. */
  readonly draft: Request;
  readonly isRecorded: boolean;
  /** The screen is about one warper, which its panel names. */
  readonly aboutWarper: boolean;
  /** How much larger than on a page the timeline is drawn. */
  readonly zoom: number;
};

/** Warpers that are named; of more it is said how many: a few of them would look like all. */
const MOST = 2;

/** The timeline without its labels, where the run is, and what the keys do now. */
export function PresentFoot(props: Props) {
  const {player, draft, view, isRecorded, asking, aboutWarper, zoom, strings} = props;
  const {trace, length, cursor, nodes, active} = useSession(player.session);
  const [ref, width] = useWidth<HTMLDivElement>();
  const words = strings.present.foot;
  const running = useMemo(() => settingsOf(nodes, active), [nodes, active]);
  const differs = running !== null && !sameRequest(running, draft);
  const warpers = aboutWarper ? [] : actingWarpers(view.request);
  return (
    <footer className="presentfoot">
      <div ref={ref} className="tl">
        <div style={{zoom}}>
          <Timeline
            trace={length === 0 ? view.trace : trace}
            length={Math.max(length, 1)}
            cursor={Math.max(cursor, 0)}
            request={player.get().request ?? view.request}
            width={Math.floor(width / zoom)}
            labels={false}
            vocabulary={view.vocabulary}
            spoken={asking ? strings.present.hidden : spokenNow(view, strings)}
            onSeek={(to) => {
              player.stop();
              player.seek(to);
            }}
            strings={strings.shell.transport}
          />
        </div>
      </div>
      <p className="where">
        <b>{passIn(view, strings)}</b>
        {isRecorded && <b> {strings.recorded.tag}</b>}
        {differs && <b> {words.notRun}</b>}
        {warpers.length > MOST ? (
          <span> {words.warpers(warpers.length)}</span>
        ) : (
          warpers.map((spec, i) => <span key={i}> {words.warper(spec)}</span>)
        )}
      </p>
      <Hints {...props} />
    </footer>
  );
}

/** Whose pass the cursor is in, which one, and of which phase. */
function passIn(view: View, {present}: Strings): string {
  const {frame, request} = view;
  const {event, pass, draft} = frame;
  const isSmall = event.stage !== "load" && "lane" in event && event.lane !== undefined;
  const stage = pass ? pass.stage : aboutNext(view)?.stage;
  const isPhase = stage === "prefill" || stage === "decode";
  const phase = isPhase && (!pass || (pass.lane !== undefined) === isSmall) ? stage : null;
  if (!isSmall) return present.foot.pass(passNumber(frame), phase, request.cache, null);
  return present.foot.pass(draft.passes + (pass ? 0 : 1), phase, request.cache, request.strategy.name);
}
