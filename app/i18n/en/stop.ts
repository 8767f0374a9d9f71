export const stop = {};
