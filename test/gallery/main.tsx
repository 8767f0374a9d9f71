import {StrictMode, useEffect, useState, type ReactNode} from "react";
import {createRoot} from "react-dom/client";
import {Segmented} from "../../app/draw/Segmented.tsx";
import {useWidth} from "../../app/draw/useWidth.ts";
import "../../app/styles/tokens.css";
import "../../app/styles/base.css";
import "../../app/styles/panels.css";
import "./gallery.css";
import {examples} from "./registry.ts";

import.meta.glob("./*.examples.tsx", {eager: true}); // each file registers its examples

const WIDTHS = [0, 320, 358, 640, 900, 1376] as const; // 0: as wide as the window
const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

/** What the address asks for: ?theme=dark&width=358&only=draw */
const asked = new URLSearchParams(location.search);

function Gallery() {
  const [theme, setTheme] = useState<Theme>(THEMES.find((name) => name === asked.get("theme")) ?? "system");
  const [chosen, setChosen] = useState<number>(Number(asked.get("width") ?? 0));
  const [only, setOnly] = useState(asked.get("only") ?? "");
  const [ref, available] = useWidth<HTMLElement>();
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const width = chosen || available;
  return (
    <main className="gallery" ref={ref}>
      <header>
        <h1>Gallery</h1>
        <label>
          only <input value={only} onChange={(event) => setOnly(event.target.value)} />
        </label>
        <Segmented
          label="width"
          value={chosen}
          onChange={setChosen}
          options={WIDTHS.map((value) => ({value, text: value ? String(value) : "window"}))}
        />
        <Segmented
          label="theme"
          value={theme}
          onChange={setTheme}
          options={THEMES.map((value) => ({value, text: value}))}
        />
      </header>
      {[...examples]
        .filter(([name]) => name.includes(only))
        .map(([name, render]) => (
          <Entry key={name} name={name} width={width} render={render} />
        ))}
    </main>
  );
}

type EntryProps = {
  readonly name: string;
  readonly width: number;
  readonly render: (width: number) => ReactNode;
};

function Entry({name, width, render}: EntryProps) {
  return (
    <article id={name}>
      <h2 className="entry">
        <a href={`?only=${name}`}>{name}</a>
      </h2>
      <div>{render(width)}</div>
    </article>
  );
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Gallery />
  </StrictMode>
);
