import type {Strings} from "../i18n/strings.ts";
import {insideNames, type Inside} from "../looks.ts";

type Props = {
  readonly chosen: readonly Inside[];
  readonly onChosen: (inside: readonly Inside[]) => void;
  readonly strings: Strings["shell"]["lanes"];
};

/** Which parts of a pass's inside are drawn; only those are computed. */
export function LookInside({chosen, onChosen, strings}: Props) {
  const toggle = (name: Inside) =>
    insideNames.filter((other) => (other === name ? !chosen.includes(name) : chosen.includes(other)));
  return (
    <div className="lookinside" role="group" aria-label={strings.look}>
      <span aria-hidden="true">{strings.look}</span>
      {insideNames.map((name) => (
        <button
          key={name}
          type="button"
          className="btn"
          aria-pressed={chosen.includes(name)}
          onClick={() => onChosen(toggle(name))}
        >
          {strings.inside[name]}
        </button>
      ))}
    </div>
  );
}
