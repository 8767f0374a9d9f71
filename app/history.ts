/**
 * What undo and redo walk: the states before and after changes; the one that is current is its owner's.
 *
 * @param kept of the states before, oldest first, the newest that are worth their memory
 */
export function createHistory<T>(kept: (past: readonly T[]) => readonly T[] = (past) => past, limit = 50) {
  let past: readonly T[] = [];
  let future: readonly T[] = [];
  return {
    /** A change leaves `current` behind; what was undone before it cannot be redone. */
    push(current: T) {
      past = kept([...past, current].slice(-limit));
      future = [];
    },
    /** The state before the last change, or null. */
    undo(current: T): T | null {
      const before = past.at(-1);
      if (before === undefined) return null;
      past = past.slice(0, -1);
      future = [...future, current];
      return before;
    },
    /** The state that the last undo left, or null. */
    redo(current: T): T | null {
      const after = future.at(-1);
      if (after === undefined) return null;
      future = future.slice(0, -1);
      past = [...past, current];
      return after;
    },
    clear() {
      past = [];
      future = [];
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    /** Every state that can still come back. */
    states: (): readonly T[] => [...past, ...future]
  };
}
