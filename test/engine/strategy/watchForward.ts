import type {Decoder, ForwardInput, Pass} from "../../../engine/decoder.ts";

/** A decoder that remembers what each of its passes was fed and gave. */
export function watchForward(decoder: Decoder) {
  const inputs: ForwardInput[] = [];
  const passes: Pass[] = [];
  const watched: Decoder = {
    config: decoder.config,
    backend: decoder.backend,
    taps: (n, past) => decoder.taps(n, past),
    upload: (input) => decoder.upload(input),
    async forward(input, uploaded) {
      inputs.push(input);
      const pass = await decoder.forward(input, uploaded);
      passes.push(pass);
      return pass;
    },
    share: (past) => decoder.share(past),
    release: (past) => decoder.release(past)
  };
  return {inputs, passes, decoder: watched};
}
