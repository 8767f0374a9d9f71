/** What this browser keeps for the reader; everything else is in the link. Blocked storage keeps nothing. */
export type Preference = "theme" | "keys";

export function readPreference(name: Preference): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function writePreference(name: Preference, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // it holds until the page is closed
  }
}
