import {useEffectEvent, useEffect, useState} from "react";
import type {Strings} from "../i18n/strings.ts";
import {usesKey} from "./keys.ts";

type AskProps = {
  readonly guess: number | null;
  readonly most: number;
  readonly onGuess: (guess: number) => void;
  readonly onShow: () => void;
  readonly onSkip: () => void;
  readonly words: Strings["notebook"]["predict"];
};

/** The typed number, and the two ways on. */
export function PredictAsk({guess, most, onGuess, onShow, onSkip, words}: AskProps) {
  const [wrong, setWrong] = useState<string | null>(null);
  const take = (text: string) => {
    const number = Number(text.replaceAll(",", ""));
    const ok = text.trim() !== "" && Number.isInteger(number) && number >= 1 && number <= most;
    setWrong(ok || text === "" ? null : text);
    if (ok) onGuess(number);
  };
  return (
    <form
      className="ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (guess !== null && wrong === null) onShow();
      }}
    >
      <label>
        {words.your}{" "}
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          className="guess"
          value={wrong ?? (guess === null ? "" : String(guess))}
          aria-invalid={wrong !== null || undefined}
          onChange={(event) => take(event.target.value)}
        />
      </label>
      <button type="submit" className="btn primary" disabled={guess === null || wrong !== null}>
        {words.show} <kbd aria-hidden="true">{words.keys.show}</kbd>
      </button>
      <button type="button" className="btn" onClick={onSkip}>
        {words.skip} <kbd aria-hidden="true">{words.keys.skip}</kbd>
      </button>
      {wrong === null ? (
        <span className="muted">
          <span className="bykeys">{words.how}</span>
          <span className="byhand">{words.tap}</span>
        </span>
      ) : (
        <span className="problem">{words.range(most)}</span>
      )}
    </form>
  );
}

/** Enter shows, S skips, unless the focused control uses the key. */
export function useAnswerKeys(on: boolean, {show, skip}: {show: () => void; skip: () => void}): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (usesKey(target, event.key === "Enter" ? " " : event.key)) return;
    if (event.key === "Enter") show();
    if (event.key === "s" || event.key === "S") skip();
  });
  useEffect(() => {
    if (!on) return;
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [on]);
}
