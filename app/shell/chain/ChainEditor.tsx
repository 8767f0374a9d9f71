import {useState} from "react";
import {isSampling, type Request, type WarperSpec} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {FieldNote} from "../NumberField.tsx";
import {AddWarper} from "./AddWarper.tsx";
import {ChainCard} from "./ChainCard.tsx";
import {added, changed, keysOf, moved, placeOfAdded, removed} from "./chainEdits.ts";
import {PresetChoice} from "./PresetChoice.tsx";
import {useDragOrder} from "./useDragOrder.ts";
import {useFocusCard, type CardPart} from "./useFocusCard.ts";

type Props = {
  readonly draft: Request;
  readonly onDraft: (draft: Request) => void;
  readonly refused: string | null;
  readonly strings: Strings["settings"];
};

/** The warpers in order, each a card: change it, move it, take it out; put others in; or take an engine's order. */
export function ChainEditor({draft, onDraft, refused, strings}: Props) {
  const words = strings.chain;
  const {warpers} = draft;
  const [said, setSaid] = useState("");
  const {list, focusSoon} = useFocusCard();
  const set = (chain: readonly WarperSpec[]) => onDraft({...draft, warpers: chain});
  const move = (from: number, to: number, by: CardPart = "grip") => {
    const chain = moved(warpers, from, to);
    const place = Math.max(0, Math.min(warpers.length - 1, to));
    if (place === from) return;
    focusSoon(place, by);
    setSaid(words.movedTo(words.name(warpers[from]!.name), place + 1, warpers.length));
    set(chain);
  };
  const drag = useDragOrder(move);
  const keys = keysOf(warpers);
  return (
    <fieldset className="chainfield">
      <legend>{words.legend}</legend>
      <PresetChoice chain={warpers} onChain={set} strings={words} />
      <ol className="chainlist" ref={list}>
        {warpers.map((spec, index) => (
          <ChainCard
            key={keys[index]}
            {...{spec, index, strings}}
            count={warpers.length}
            applies={isSampling(draft.strategy)}
            drag={drag.of(index)}
            onChange={(to) => set(changed(warpers, index, to))}
            onMove={(to, by) => move(index, to, by)}
            onRemove={() => {
              focusSoon(Math.max(0, Math.min(index, warpers.length - 2)), "remove");
              setSaid(words.removedNow(words.name(spec.name)));
              set(removed(warpers, index));
            }}
          />
        ))}
      </ol>
      {warpers.length === 0 && <p className="hint">{words.none}</p>}
      <AddWarper
        onAdd={(name) => {
          focusSoon(placeOfAdded(warpers, name), "field");
          setSaid(words.addedNow(words.name(name), placeOfAdded(warpers, name) + 1));
          set(added(warpers, name));
        }}
        strings={words}
      />
      <p className="sr" role="status">
        {said}
      </p>
      <FieldNote problem={refused} />
    </fieldset>
  );
}
