import type {Past, Pass, TokenId} from "../../engine/index.ts";
import type {LoadedModel} from "../../engine/runtime/loadModel.ts";
import {causalInput} from "../../engine/stages.ts";
import type {Timed, Watch} from "./watch.ts";

export const TAP = "blocks.0.attn.hook_pattern";

/** Passes with one tap fetched and without, by turns. */
export type TapCost = {
  readonly what: string;
  readonly bytes: number;
  readonly without: readonly Timed[];
  readonly with: readonly Timed[];
};

/**
 * What it costs to fetch the attention of one layer with a pass: a prefill of `length` tokens, and one token more.
 *
 * @param times how often each is tried
 */
export async function tapCosts(
  model: LoadedModel,
  watch: Watch,
  length: number,
  times: number
): Promise<readonly TapCost[]> {
  const {decoder, tokenizer} = model;
  const story = tokenizer.encode("Once upon a time there was a little girl who had a cat. ").tokenIds;
  const text = Array.from({length}, (_, i) => story[i % story.length]!);
  const read = (tokenIds: readonly TokenId[], past: Past | null, taps: readonly string[]) =>
    decoder.forward({...causalInput(tokenIds, past), taps});

  const prefill = await compare(`prefill of ${length} tokens`, watch, times, async (taps) => {
    const pass = await read(text, null, taps);
    decoder.release(pass.past);
    return pass;
  });
  let {past} = await read(text, null, []);
  const decode = await compare(`decode after ${length} tokens and more`, watch, times, async (taps) => {
    text.push(story[text.length % story.length]!);
    const pass = await read(text, past, taps);
    past = pass.past;
    return pass;
  });
  decoder.release(past);
  return [prefill, decode];
}

async function compare(
  what: string,
  watch: Watch,
  times: number,
  make: (taps: readonly string[]) => Promise<Pass>
): Promise<TapCost> {
  const measured: {without: Timed[]; with: Timed[]} = {without: [], with: []};
  let bytes = 0;
  for (let i = 0; i < 2 * times; ++i) {
    const isTapped = i % 4 === 1 || i % 4 === 2; // either goes first as often
    let pass: Pass | null = null;
    const time = await watch.time(async () => (pass = await make(isTapped ? [TAP] : [])));
    (isTapped ? measured.with : measured.without).push(time);
    if (isTapped) bytes = pass!.taps.get(TAP)!.data.byteLength;
  }
  return {what, bytes, ...measured};
}
