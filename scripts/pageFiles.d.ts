export function writePageFiles(folder: string): void;
/** A plugin of Vite. */
export function pageFiles(): {
  readonly name: string;
  readonly apply: "build";
  writeBundle(options: {readonly dir?: string}): void;
};
