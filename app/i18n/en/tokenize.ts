export const tokenize = {};
