import {readdirSync, readFileSync} from "node:fs";
import {resolve} from "node:path";
import {expect, it} from "vitest";

const panels = resolve(import.meta.dirname, "../../../app/panels");

/** Drawn by both panels, on purpose. */
const SHARED = new Set(["flow"]);

/** The class with which a selector begins, "residual" of ".residual rect". */
const firstClass = (selector: string): string | undefined => /^[a-z]*\.([\w-]+)/.exec(selector.trim())?.[1];

function classesOf(css: string): Set<string> {
  const rules = css.replaceAll(/\/\*[^]*?\*\//g, "").matchAll(/([^{}]+)\{/g);
  const selectors = [...rules].flatMap(([, selector = ""]) => selector.split(","));
  return new Set(selectors.flatMap((selector) => firstClass(selector) ?? []));
}

it("no panel's rules begin with a class that another panel's begin with, too", () => {
  const owners = new Map<string, string[]>();
  const files = readdirSync(panels, {recursive: true, encoding: "utf8"}).filter((file) =>
    file.endsWith(".css")
  );
  for (const file of files)
    for (const name of classesOf(readFileSync(resolve(panels, file), "utf8")))
      owners.set(name, [...(owners.get(name) ?? []), file]);
  expect(owners.size).toBeGreaterThan(20);
  expect([...owners].filter(([name, files]) => files.length > 1 && !SHARED.has(name))).toEqual([]);
});
