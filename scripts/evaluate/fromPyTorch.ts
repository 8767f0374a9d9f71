import {readFileSync} from "node:fs";
import {join} from "node:path";
import {tokenId, type Decoder} from "../../engine/index.ts";

type Reference = {
  readonly logits: {
    readonly ids: readonly number[];
    readonly file: string;
    readonly values: {readonly float32: {readonly shape: readonly number[]; readonly offset: number}};
  };
};

/**
 * The largest difference of a decoder's logits from those that PyTorch computed of the weights in 32 bits.
 *
 * @param folder of the references, written by training/reference.py
 */
export async function fromPyTorch(decoder: Decoder, folder: string): Promise<number> {
  const {logits} = JSON.parse(readFileSync(join(folder, "reference.json"), "utf8")) as Reference;
  const {shape, offset} = logits.values.float32;
  const {buffer} = new Uint8Array(readFileSync(join(folder, logits.file)));
  const expected = new Float32Array(
    buffer,
    4 * offset,
    shape.reduce((product, n) => product * n)
  );
  const pass = await decoder.forward({
    tokenIds: logits.ids.map(tokenId),
    positions: {from: 0, to: logits.ids.length},
    bias: null,
    past: null,
    rows: logits.ids.map((_, row) => row),
    batch: 1
  });
  decoder.release(pass.past);
  if (pass.logits.length !== expected.length) throw new Error(`${logits.file} has logits of another decoder`);
  return pass.logits.reduce((largest, logit, i) => Math.max(largest, Math.abs(logit - expected[i]!)), 0);
}
