export const append = {};
