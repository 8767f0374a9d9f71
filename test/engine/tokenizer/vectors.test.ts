import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {loadTokenizer} from "../../../engine/tokenizer/loadTokenizer.ts";

/** A text, the ids that reference implementations give it, and where recorded their text again. */
type Vector = {readonly text: string; readonly ids: readonly number[]};

const folder = process.env.TOKENIZER_VECTORS;

if (folder) describe("vectors of other implementations", () => runVectors(folder));
else
  it.skip(
    "vectors of other implementations: TOKENIZER_VECTORS names no folder of NAME/tokenizer.json, NAME/vectors.json"
  );

function runVectors(folder: string): void {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), "utf8")) as unknown;
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "vectors.json")));

  it("are there", () => {
    expect(names, `no folder in ${folder} has a vectors.json`).not.toEqual([]);
  });

  it.each(names)("%s", (name) => {
    const tokenizer = loadTokenizer(read(name, "tokenizer.json"), {});
    const vectors = read(name, "vectors.json") as readonly Vector[];
    expect(vectors.length).toBeGreaterThan(0);
    for (const {text, ids} of vectors) {
      const {tokenIds} = tokenizer.encode(text);
      expect(tokenIds, text).toEqual(ids);
      expect(tokenizer.detokenize(tokenIds)).toBe(text);
    }
  });
}
