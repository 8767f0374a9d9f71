import {argmax, softmax} from "../math.ts";
import {numberOf, type Warper, type WarperState} from "./warper.ts";

/**
 * Mirostat 2.0 (Basu et al., 2021): removes tokens whose surprise `-log2 p` is above mu; the most probable always
 * stays. After the draw, mu moves by eta times what the drawn token's surprise missed the target tau by:
 * `mu -= eta * (-log2 p_drawn - tau)`; mu starts at 2 tau. p_drawn is what the draw saw. Agrees with llama.cpp, where
 * it stands last and draws by itself.
 */
export const mirostatV2: Warper = {
  name: "mirostatV2",
  when: "sampling",
  parameters: {
    tau: {kind: "number", default: 5, min: 0, max: 100, slider: [0, 10, 0.1], neutral: null},
    eta: {kind: "number", default: 0.1, min: 0, max: 1, slider: [0, 1, 0.01], neutral: null}
  },
  warp(logits, params, {state}) {
    const mu = muOf(state) ?? 2 * numberOf(params, "tau");
    const probabilities = softmax(logits);
    const after = logits.slice();
    const best = argmax(logits);
    for (let id = 0; id < logits.length; ++id)
      if (-Math.log2(probabilities[id]!) > mu && id !== best) after[id] = -Infinity;
    return {logits: after, state: {mu}};
  },
  afterDraw(state, params, probability) {
    const mu = muOf(state);
    if (mu === null) return state;
    return {mu: mu - numberOf(params, "eta") * (-Math.log2(probability) - numberOf(params, "tau"))};
  }
};

/** Null before the first step. */
const muOf = (state: WarperState): number | null => state?.["mu"] ?? null;
