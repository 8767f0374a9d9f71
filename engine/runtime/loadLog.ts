/** Where the files of a load came from, and what the reader should know about that. */
export class LoadLog {
  readonly #kept = new Set<string>();
  readonly #fetched = new Set<string>();
  readonly #damaged = new Set<string>();
  readonly #unkept = new Map<string, unknown>();
  #unasked = false;

  kept(path: string): void {
    this.#kept.add(path);
  }
  fetched(path: string): void {
    this.#fetched.add(path);
  }
  /** It was kept, but is not what it was. */
  damaged(path: string): void {
    this.#damaged.add(path);
  }
  unkept(path: string, error: unknown): void {
    this.#unkept.set(path, error);
  }
  /** Nobody could be asked whether there is a newer version. */
  unasked(): void {
    this.#unasked = true;
  }

  /** Null where there is nothing to say. */
  notice(): string | null {
    const sentences = [this.#sayUnasked(), this.#sayPartlyKept(), this.#sayDamaged(), this.#sayUnkept()];
    return sentences.filter((sentence) => sentence !== null).join(" ") || null;
  }

  #sayUnasked(): string | null {
    return this.#unasked
      ? "The model's server did not answer, so the model is the one that this browser has kept."
      : null;
  }

  #sayPartlyKept(): string | null {
    const others = [...this.#fetched].filter((path) => !this.#damaged.has(path));
    if (this.#kept.size === 0 || others.length === 0) return null;
    const all = this.#kept.size + this.#fetched.size;
    return `Of ${all} files ${this.#kept.size} were kept in this browser; ${names(others)} had to be fetched.`;
  }

  #sayDamaged(): string | null {
    if (this.#damaged.size === 0) return null;
    const [were, they] = this.#damaged.size === 1 ? ["was", "it"] : ["were", "they"];
    return `${names([...this.#damaged])} ${were} kept in this browser, but damaged there: ${they} ${were} thrown away and fetched again.`;
  }

  #sayUnkept(): string | null {
    const [error] = this.#unkept.values();
    if (this.#unkept.size === 0) return null;
    const why = isQuota(error) ? "there is no room left" : `its storage failed (${String(error)})`;
    const them = this.#unkept.size === 1 ? "it" : "them";
    return `${names([...this.#unkept.keys()])} could not be kept in this browser, where ${why}: the next visit fetches ${them} again.`;
  }
}

const isQuota = (error: unknown): boolean => error instanceof Error && error.name === "QuotaExceededError";

/** At most three by name. */
function names(paths: readonly string[]): string {
  const shown = paths.length > 3 ? [...paths.slice(0, 2), `${paths.length - 2} more`] : paths;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
