import {useSyncExternalStore} from "react";

let count = 0;

function subscribe(changed: () => void): () => void {
  const onChange = () => {
    ++count;
    changed();
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(onChange);
  dark.addEventListener("change", onChange);
  observer.observe(document.documentElement, {attributes: true, attributeFilter: ["data-theme"]});
  return () => {
    dark.removeEventListener("change", onChange);
    observer.disconnect();
  };
}

/** A number that changes with the theme: canvases, which cannot follow CSS variables, draw again when it does. */
export const useThemeCount = (): number =>
  useSyncExternalStore(
    subscribe,
    () => count,
    () => 0
  );
