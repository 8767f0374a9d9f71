import {useRef} from "react";
import type {Strings} from "../i18n/strings.ts";
import {insideNames, type Inside} from "../looks.ts";
import {reveal} from "./reveal.ts";

type Props = {
  readonly chosen: readonly Inside[];
  readonly onChosen: (inside: readonly Inside[]) => void;
  readonly strings: Strings["shell"]["lanes"];
};

/** Which parts of a pass's inside are drawn; only those are computed. What is opened comes into view. */
export function LookInside({chosen, onChosen, strings}: Props) {
  const toggle = (name: Inside) =>
    insideNames.filter((other) => (other === name ? !chosen.includes(name) : chosen.includes(other)));
  const group = useRef<HTMLDivElement>(null);
  const choose = (name: Inside) => {
    onChosen(toggle(name));
    const panel = () => group.current?.parentElement?.querySelector(`[data-panel$="${name}"]`);
    if (!chosen.includes(name)) reveal(panel);
  };
  return (
    <div className="lookinside" ref={group} role="group" aria-label={strings.look}>
      <span aria-hidden="true">{strings.look}</span>
      {insideNames.map((name) => (
        <button
          key={name}
          type="button"
          className="btn"
          aria-pressed={chosen.includes(name)}
          onClick={() => choose(name)}
        >
          {strings.inside[name]}
        </button>
      ))}
    </div>
  );
}
