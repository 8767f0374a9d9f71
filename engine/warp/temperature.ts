import type {Warper} from "./warper.ts";

/** `s / T`: below 1 sharpens the distribution, above 1 flattens it. Agrees with HF TemperatureLogitsWarper. */
export const temperature: Warper = {
  name: "temperature",
  when: "sampling",
  parameters: {
    temperature: {default: 1, min: 0, minExclusive: true, max: 100, slider: [0.05, 2, 0.05], neutral: 1}
  },
  warp: (logits, params) => ({logits: logits.map((logit) => logit / params["temperature"]!), state: null})
};
