import {createStore} from "../store.ts";
import {useStore} from "./useView.ts";
import {readPreference, writePreference} from "./preferences.ts";

export type Theme = "system" | "light" | "dark";
const THEMES: readonly Theme[] = ["system", "light", "dark"];

const read = (): Theme => THEMES.find((theme) => theme === readPreference("theme")) ?? "system";
const store = createStore<Theme>("system");

/** Puts the reader's choice on the page; before anything is drawn, so that nothing flashes. */
export function applyTheme(theme: Theme = read()): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  store.set(theme);
}

export const nextTheme = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;

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
