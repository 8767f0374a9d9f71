/** Something that is computed because it is looked at: on its way, here, or impossible. */
export type Asked<T> =
  | {readonly status: "loading"}
  | {readonly status: "ready"; readonly value: T}
  | {readonly status: "refused"; readonly message: string};
