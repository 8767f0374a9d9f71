import type {ReactNode} from "react";
import type {Strings} from "../../i18n/strings.ts";
import type {View} from "../../notebook.ts";
import {drawnTokens, tellFuture} from "../narrate.ts";
import {nextOf, type Next} from "../nextStage.ts";
import {Said} from "../Said.tsx";

export type HintsProps = {
  readonly view: View;
  readonly asking: boolean;
  /** Whether one more step on is a question. */
  readonly asksNext: boolean;
  readonly busy: boolean;
  readonly onOn: () => void;
  readonly onBack: () => void;
  readonly onLeave: () => void;
  readonly onHelp: () => void;
  readonly strings: Strings;
};

/** What the keys do now, as buttons for those who have none. */
export function Hints({view, asking, asksNext, busy, onOn, onBack, onLeave, onHelp, strings}: HintsProps) {
  const words = strings.present.foot;
  const {keys} = words;
  const next = nextOf(view.trace, view.frame, view.request, view.config);
  return (
    <div className="hints">
      <Hint keyName={keys.back} onPress={onBack} off={!asking && view.frame.cursor === 0}>
        {words.back}
      </Hint>
      {next ? (
        <Hint keyName={keys.on} onPress={onOn} off={busy} kind="on">
          <OnWords {...{view, next, asking, asksNext, strings}} />
        </Hint>
      ) : (
        <span className="theend">{words.end}</span>
      )}
      <Hint keyName={keys.help} onPress={onHelp} kind="short">
        {words.help}
      </Hint>
      <Hint keyName={keys.leave} onPress={onLeave} kind={next ? "short" : "short last"}>
        {words.leave}
      </Hint>
    </div>
  );
}

type OnProps = Pick<HintsProps, "view" | "asking" | "asksNext" | "strings"> & {readonly next: Next};

/** What one more press does. */
function OnWords({view, next, asking, asksNext, strings}: OnProps): ReactNode {
  const words = strings.present.foot;
  if (asksNext && !asking) return words.ask;
  if (next.stage === "decode") return words.run; // its sentence would be the answer
  return <Said pieces={tellFuture(next, view, drawnTokens(view.vocabulary), strings)} />;
}

type HintProps = {
  readonly keyName: string;
  readonly onPress: () => void;
  /** It would do nothing now. */
  readonly off?: boolean;
  /** The one to press; one of which a projector shows the key alone; the one to press after the end. */
  readonly kind?: "on" | "short" | "short last";
  readonly children: ReactNode;
};

/** A key and what it does. */
function Hint({keyName, onPress, off, kind, children}: HintProps) {
  return (
    <button
      type="button"
      className={kind ? `hintkey ${kind}` : "hintkey"}
      aria-disabled={off || undefined}
      onClick={onPress}
    >
      <kbd aria-hidden={!kind?.startsWith("short")}>{keyName}</kbd> <span className="words">{children}</span>
    </button>
  );
}
