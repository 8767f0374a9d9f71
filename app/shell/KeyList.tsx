import {useEffect, useRef} from "react";
import type {Strings} from "../i18n/strings.ts";

/** Keys, and what each does. */
export type KeyHelp = readonly (readonly [string, string])[];

type Props = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly single: boolean;
  readonly onSingle: (single: boolean) => void;
  readonly list: KeyHelp;
  readonly strings: Strings["shell"]["keys"];
};

/** The keys of the page, and the switch that turns them off. */
export function KeyList({open, onClose, single, onSingle, list, strings}: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return ref.current?.close();
    ref.current?.showModal();
    close.current?.focus(); // not the switch: Space, which goes on elsewhere, would turn it
  }, [open]);
  return (
    <dialog ref={ref} className="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{strings.title}</h2>
      <dl>
        {list.map(([key, does]) => (
          <div key={key}>
            <dt>
              {key.split(", ").map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={single} onChange={(e) => onSingle(e.target.checked)} />
        {strings.single}
      </label>
      <p className="hint">{strings.singleHint}</p>
      <button ref={close} type="button" className="btn" onClick={onClose}>
        {strings.close}
      </button>
    </dialog>
  );
}
