import type {Request, StopEvent, TokenId, Vocabulary} from "../../../engine/index.ts";
import {PanelFrame} from "../../draw/PanelFrame.tsx";
import {formatCount} from "../../draw/format.ts";
import {TokenChip} from "../../draw/TokenChip.tsx";
import {tokenPlain, tokenText} from "../../draw/tokenText.ts";
import type {Strings} from "../../i18n/strings.ts";
import {EndOfText} from "./EndOfText.tsx";
import {stopRules, type StopRule} from "./stopRules.ts";
import {WaysOn} from "./WaysOn.tsx";
import type {Ways} from "./waysOn.ts";

type Props = {
  readonly event: StopEvent;
  /** The completion. */
  readonly text: string;
  /** Prompt and completion. */
  readonly tokenIds: readonly TokenId[];
  readonly promptLength: number;
  readonly request: Request;
  readonly vocabulary: Vocabulary;
  /** What can be done where it was an error. */
  readonly ways?: Ways;
  readonly now?: boolean;
  readonly width: number;
  /** The room there is, in px: the text is cut to fit it, its tokens are left out. */
  readonly height?: number;
  readonly strings: Pick<Strings, "panel" | "stop" | "errors">;
};

/** Why it ended: which rule held, and where in the text. */
export function StopPanel(props: Props) {
  const {
    event,
    text,
    tokenIds,
    promptLength,
    request,
    vocabulary,
    now = false,
    width,
    height,
    strings
  } = props;
  const words = strings.stop;
  const rules = stopRules(event, request, tokenIds.length, promptLength);
  const tail = height === undefined ? tailOf(event, tokenIds.length, promptLength, width) : [];
  return (
    <PanelFrame
      id="stop"
      title={words.title}
      sub={words.sub}
      provenance="model"
      how={words.how}
      strings={strings.panel}
      now={now}
      say={words.said(tokenIds.length - promptLength, promptLength)}
      table={{
        head: words.table,
        rows: rules.map((rule) => [
          words.rules[rule.reason],
          words.state(rule),
          rule.fired ? words.yes : words.no
        ])
      }}
    >
      {event.reason === "error" && <Failed event={event} ways={props.ways ?? {}} strings={strings.errors} />}
      {event.reason === "aborted" && <p className="stopreason">{words.aborted}</p>}
      <div className={width >= 720 ? "stop beside" : height === undefined ? "stop" : "stop tight"}>
        <ol className="rules">
          {rules.map((rule) => (
            <Rule key={rule.reason} rule={rule} strings={words} />
          ))}
        </ol>
        <div>
          {tail.length > 0 && (
            <div
              className="tail"
              role="img"
              aria-label={words.tail(tail.map((at) => tokenPlain(vocabulary, tokenIds[at]!)))}
            >
              {tail[0]! > promptLength && <span className="muted">…</span>}
              {tail.map((at) => (
                <span key={at} className={covers(event, at) ? "covers" : ""}>
                  <TokenChip
                    kind="drawn"
                    token={tokenText(vocabulary, tokenIds[at]!)}
                    below={formatCount(at)}
                  />
                </span>
              ))}
            </div>
          )}
          <EndOfText
            prompt={request.prompt}
            {...(height !== undefined && {most: mostIn(width, height)})}
            text={text}
            match={event.match ?? null}
            strings={words}
          />
        </div>
      </div>
    </PanelFrame>
  );
}

/** Header and rules, and the size of the text below them, in px. */
const ABOVE = 26 + 5 * 22 + 25;
const LINE = 28;
const LETTER = 11;

/** Characters that fit below the rules, in lines that are not quite full. */
const mostIn = (width: number, height: number): number =>
  Math.floor(Math.max(1, Math.floor((height - ABOVE) / LINE)) * (width / LETTER) * 0.85);

type FailedProps = {
  readonly event: StopEvent;
  readonly ways: Ways;
  readonly strings: Strings["errors"];
};

/** Which error ended it, in the engine's own sentence, and how to go on. */
function Failed({event: {error = "", message = ""}, ways, strings}: FailedProps) {
  return (
    <div className="stopfailed">
      <p className="stopreason">
        {strings.crash.title(error)}. <span className="message">{capital(message)}</span>
      </p>
      <p className="muted">{strings.crash.keep}</p>
      <WaysOn error={error} ways={ways} strings={strings} />
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const covers = ({match}: StopEvent, at: number): boolean =>
  match !== undefined && at >= match.positions.from && at < match.positions.to;

/** Positions of the last new tokens; all that cover a stop string are among them. */
export function tailOf(
  event: StopEvent,
  length: number,
  promptLength: number,
  width: number
): readonly number[] {
  const most = width < 560 ? 4 : 8;
  const from = Math.min(length - most, event.match?.positions.from ?? Infinity);
  const first = Math.max(promptLength, from);
  return Array.from({length: Math.max(0, length - first)}, (_, i) => first + i);
}

function Rule({rule, strings}: {readonly rule: StopRule; readonly strings: Strings["stop"]}) {
  return (
    <li className={rule.fired ? "fired" : ""}>
      <svg width="12" height="12" aria-hidden="true">
        <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" />
      </svg>
      <span>
        {strings.rules[rule.reason]}
        {rule.fired && <b> {strings.here}</b>}
      </span>
      <span className="state">{strings.state(rule)}</span>
    </li>
  );
}
