/** What went wrong and what can be done. The sentences about the cause come from the engine. */
export const errors = {
  model: {
    title: "The model could not be loaded",
    retry: "Load it again",
    wasm: "Use WebAssembly instead",
    keep: "Nothing of what you wrote is lost."
  },
  crash: {
    title: "The engine stopped",
    retry: "Start it again",
    keep: "The trace in view stays; stepping on runs it again from the same seed, to the same place."
  },
  request: {title: "This cannot be run"},
  link: (problem: string) => `The link could not be read: ${problem}. The usual settings are here instead.`,
  dismiss: "Close",
  screen: {
    title: "This page stopped drawing",
    say: "Reload it: the address holds the request and the place.",
    retry: "Reload"
  }
};
