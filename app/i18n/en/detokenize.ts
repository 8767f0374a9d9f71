export const detokenize = {};
