export const logits = {};
