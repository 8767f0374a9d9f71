import {useEffect, useId, useRef, useState} from "react";
import type {WarperName} from "../../../engine/index.ts";
import type {Strings} from "../../i18n/strings.ts";
import {warperGroups} from "./warperGroups.ts";

type Props = {
  readonly onAdd: (name: WarperName) => void;
  readonly strings: Strings["settings"]["chain"];
};

/** Every warper by what it does, each with a line that says what; one click puts it in. */
export function AddWarper({onAdd, strings}: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const menu = root.current?.querySelector(".addmenu");
    menu?.querySelector("button")?.focus({preventScroll: true});
    menu?.scrollIntoView({block: "nearest"});
  }, [open]);
  return (
    <div
      className="addwarper"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        type="button"
        className="btn"
        ref={button}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {strings.add}
      </button>
      {open && (
        <div className="addmenu" id={id}>
          {warperGroups.map(({group, names}) => (
            <section key={group} aria-labelledby={`${id}-${group}`}>
              <p id={`${id}-${group}`}>{strings.groups[group]}</p>
              <ul>
                {names.map((name) => (
                  <li key={name}>
                    <button
                      type="button"
                      onClick={() => {
                        setOpen(false);
                        onAdd(name);
                      }}
                    >
                      <b>{strings.name(name)}</b>
                      <span>{strings.hints[name]}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
