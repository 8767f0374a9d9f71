export const load = {};
