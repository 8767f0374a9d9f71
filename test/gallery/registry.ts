import type {ReactNode} from "react";

export type Render = (width: number) => ReactNode;

/** In `npm run gallery` this collects examples for the page; under Vitest it is replaced by `snapshot.ts`. */
export const examples = new Map<string, Render>();

export function example(name: string, render: Render): void {
  if (examples.has(name)) throw new Error(`duplicate example: ${name}`);
  examples.set(name, render);
}
