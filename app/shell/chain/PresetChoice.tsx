import {useId, useState} from "react";
import {preset, presetNames, type PresetName, type WarperSpec} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {presetOf, sameChain} from "./chainEdits.ts";

type Chain = readonly WarperSpec[];

type Props = {
  readonly chain: Chain;
  readonly onChain: (chain: Chain) => void;
  readonly strings: Strings["settings"]["chain"];
};

/** A preset that was chosen, the chain that it was chosen for, and what it made of it. */
type Chosen = {readonly name: PresetName; readonly wanted: Chain; readonly made: Chain};

/** The value of the list where the order is no engine's. */
const OWN = "own";

/**
 * Puts the chain into an engine's order and rules, and says what that engine would leave out. What was left out is
 * remembered while the chain stays as it was made: another engine may have it.
 */
export function PresetChoice({chain, onChain, strings}: Props) {
  const id = useId();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const standing = chosen && sameChain(chosen.made, chain) ? chosen : null;
  const name = standing?.name ?? presetOf(chain);
  const wanted = standing?.wanted ?? chain;
  const choose = (value: string) => {
    const next = presetNames.find((one) => one === value);
    setChosen(null);
    if (!next) return onChain(wanted);
    const {warpers} = preset(next, wanted);
    setChosen({name: next, wanted, made: warpers});
    onChain(warpers);
  };
  const ignored = name ? preset(name, wanted).ignored : [];
  return (
    <div className="presetchoice">
      <label htmlFor={id}>{strings.preset}</label>
      <select id={id} value={name ?? OWN} onChange={(event) => choose(event.target.value)}>
        {(name === null || standing) && <option value={OWN}>{strings.own(standing !== null)}</option>}
        {presetNames.map((one) => (
          <option key={one} value={one}>
            {strings.engine(one)}
          </option>
        ))}
      </select>
      <p className="hint" role="status">
        {name ? strings.presetRules[name] : strings.ownOrder}
        {ignored.length > 0 && <b> {strings.ignored(name!, ignored)}</b>}
      </p>
    </div>
  );
}
