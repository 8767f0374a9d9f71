/** Runs jobs one after another, in the order in which they came; one that fails does not stop the next. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  /** @returns what the job returns or throws, once all earlier jobs have ended */
  run<T>(job: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(job);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/**
 * The one queue of onnxruntime-web: two runs at once hang, creating a session during a run fails, and both are
 * limits of the module, not of a session. Every create, run and release of this process goes through it.
 */
export const ortQueue = new Queue();
