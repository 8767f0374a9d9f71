import {useWidth} from "../../draw/useWidth.ts";
import {actingWarpers} from "../../draw/actingWarpers.ts";
import {useSession} from "../../session.ts";
import {passNumber} from "../narrate.ts";
import type {Player} from "../player.ts";
import {spokenNow} from "../spokenNow.ts";
import {Timeline} from "../Timeline.tsx";
import {Hints, type HintsProps} from "./Hints.tsx";

type Props = HintsProps & {
  readonly player: Player;
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
  const {player, view, isRecorded, asking, aboutWarper, zoom, strings} = props;
  const {trace, length, cursor} = useSession(player.session);
  const [ref, width] = useWidth<HTMLDivElement>();
  const words = strings.present.foot;
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
        <b>{words.pass(passNumber(view.frame), view.frame.tokenIds.length)}</b>
        {isRecorded && <b> {strings.recorded.tag}</b>}
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
