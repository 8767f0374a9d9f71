import type {ReactNode} from "react";
import {useWidth} from "../../draw/useWidth.ts";
import type {Strings} from "../../i18n/strings.ts";
import type {View} from "../../notebook.ts";
import {useSession} from "../../session.ts";
import {drawnTokens, passNumber, tellFuture} from "../narrate.ts";
import {nextOf} from "../nextStage.ts";
import type {Player} from "../player.ts";
import {Said} from "../Said.tsx";
import {spokenNow} from "../spokenNow.ts";
import {Timeline} from "../Timeline.tsx";

type Props = {
  readonly player: Player;
  readonly view: View;
  readonly isRecorded: boolean;
  readonly asking: boolean;
  /** The warper that the screen is about; null: it is about no single one. */
  readonly warp: number | null;
  /** Whether one more step on is a question. */
  readonly asksNext: boolean;
  readonly busy: boolean;
  /** How much larger than on a page the timeline is drawn. */
  readonly zoom: number;
  readonly onOn: () => void;
  readonly onBack: () => void;
  readonly onLeave: () => void;
  readonly onHelp: () => void;
  readonly strings: Strings;
};

/** Warpers that are named; of more it is said how many: a few of them would look like all. */
const MOST = 2;

/** The timeline without its labels, where the run is, and what the keys do now. */
export function PresentFoot(props: Props) {
  const {player, view, isRecorded, asking, warp, zoom, strings} = props;
  const {trace, length, cursor} = useSession(player.session);
  const [ref, width] = useWidth<HTMLDivElement>();
  const words = strings.present.foot;
  const {warpers: chain} = view.request;
  const warpers = warp === null ? chain : chain.slice(warp, warp + 1);
  return (
    <footer className="presentfoot">
      <div ref={ref} className="tl">
        <div style={{zoom}}>
          <Timeline
            trace={length === 0 ? view.trace : trace}
            length={Math.max(length, 1)}
            cursor={Math.max(cursor, 0)}
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

/** What the keys do now, as buttons for those who have none. */
function Hints({view, asking, asksNext, busy, onOn, onBack, onLeave, onHelp, strings}: Props) {
  const words = strings.present.foot;
  const {keys} = words;
  return (
    <div className="hints">
      <Hint keyName={keys.back} onPress={onBack}>
        {words.back}
      </Hint>
      <Hint keyName={keys.on} onPress={onOn} busy={busy} kind="on">
        <OnWords {...{view, asking, asksNext, strings}} />
      </Hint>
      <Hint keyName={keys.help} onPress={onHelp} kind="short">
        {words.help}
      </Hint>
      <Hint keyName={keys.leave} onPress={onLeave} kind="short">
        {words.leave}
      </Hint>
    </div>
  );
}

type OnProps = Pick<Props, "view" | "asking" | "asksNext" | "strings">;

/** What one more press does. */
function OnWords({view, asking, asksNext, strings}: OnProps): ReactNode {
  const words = strings.present.foot;
  const next = nextOf(view.trace, view.frame, view.request, view.config);
  if (!next) return words.end;
  if (asksNext && !asking) return words.ask;
  if (next.stage === "decode") return words.run; // its sentence would be the answer
  return <Said pieces={tellFuture(next, view, drawnTokens(view.vocabulary), strings)} />;
}

type HintProps = {
  readonly keyName: string;
  readonly onPress: () => void;
  readonly busy?: boolean;
  /** The one to press, or one of which a projector shows the key alone. */
  readonly kind?: "on" | "short";
  readonly children: ReactNode;
};

/** A key and what it does. */
function Hint({keyName, onPress, busy, kind, children}: HintProps) {
  return (
    <button
      type="button"
      className={kind ? `hintkey ${kind}` : "hintkey"}
      aria-disabled={busy || undefined}
      onClick={onPress}
    >
      <kbd aria-hidden={kind !== "short"}>{keyName}</kbd> <span className="words">{children}</span>
    </button>
  );
}
