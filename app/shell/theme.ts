import {themes, type Theme} from "../looks.ts";
import {createStore} from "../store.ts";
import {useStore} from "./useView.ts";
import {readPreference, writePreference} from "./preferences.ts";

const read = (): Theme => themes.find((theme) => theme === readPreference("theme")) ?? "system";
const store = createStore<Theme>("system");

/** Puts the reader's choice, or a link's, on the page; before anything is drawn, so that nothing flashes. */
export function applyTheme(theme: Theme = read()): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  store.set(theme);
}

export const nextTheme = (theme: Theme): Theme => themes[(themes.indexOf(theme) + 1) % themes.length]!;

/** The theme, and a way to choose another; kept in this browser only. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const theme = useStore(store);
  return [
    theme,
    (next) => {
      writePreference("theme", next === "system" ? null : next);
      applyTheme(next);
    }
  ];
}
