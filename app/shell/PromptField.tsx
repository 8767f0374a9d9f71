import {type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef} from "react";
import type {Strings} from "../i18n/strings.ts";
import {capital} from "./Said.tsx";
import type {TokenCount} from "./useTokenCount.ts";

type Props = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit: () => void;
  readonly count: TokenCount;
  /** What is wrong with it, in a sentence. */
  readonly problem: string | null;
  readonly strings: Strings["settings"];
};

/** The reader's sentence, as many lines as it needs, with its number of tokens. Enter starts, Shift+Enter is a new line. */
export function PromptField({value, onChange, onSubmit, count, problem, strings}: Props) {
  const id = useId();
  const ref = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => growToContent(ref.current), [value]);
  useEffect(() => {
    const grow = () => growToContent(ref.current); // lines break elsewhere in a window of another width
    window.addEventListener("resize", grow);
    return () => window.removeEventListener("resize", grow);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSubmit();
  };
  return (
    <div className="promptfield">
      <label className="sr" htmlFor={id}>
        {strings.prompt}
      </label>
      <textarea
        id={id}
        ref={ref}
        rows={1}
        dir="auto"
        spellCheck={false}
        placeholder={strings.placeholder}
        value={value}
        data-field="prompt"
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-count${problem ? ` ${id}-problem` : ""}`}
        onChange={(e) => onChange(e.target.value)}
        onKeyDown={onKeyDown}
      />
      <CountLine id={`${id}-count`} count={count} strings={strings} />
      {problem && (
        <p id={`${id}-problem`} className="problem" role="alert">
          {capital(problem)}
        </p>
      )}
    </div>
  );
}

function CountLine({id, count, strings}: {id: string; count: TokenCount; strings: Strings["settings"]}) {
  if (count.status === "waiting")
    return (
      <span id={id} className="count">
        {strings.count.waiting}
      </span>
    );
  return (
    <span id={id} className="count" aria-label={strings.count.spoken(count.tokens, count.of)}>
      {strings.count.tokens(count.tokens, count.of)}
    </span>
  );
}

/** As high as its text, up to what the style allows. */
function growToContent(element: HTMLTextAreaElement | null): void {
  if (!element) return;
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight + 2}px`;
}
