import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import type {Render} from "./registry.ts";

const WIDTH = 640;

/** Under Vitest an example is a test: its static markup, one element a line, equals the file in `snapshots/`. */
export function example(name: string, render: Render): void {
  it(name, async () => {
    const html = renderToStaticMarkup(render(WIDTH))
      .replace(SPAN_OF_TOKEN, "$1")
      .replace(/ data-token="\d+"/g, "")
      .replace(/\d+\.\d{4,}/g, rounded)
      .replaceAll("><", ">\n<");
    await expect(html + "\n").toMatchFileSnapshot(`./snapshots/${name}.html`);
  });
}

/** What only tells where a token stands, for its echo, is not part of the picture. */
const SPAN_OF_TOKEN = /<tspan data-token="\d+">((?:<tspan opacity="\.5">[^<]*<\/tspan>)?[^<]*)<\/tspan>/g;

const rounded = (digits: string): string => String(Number(Number(digits).toFixed(3)));
