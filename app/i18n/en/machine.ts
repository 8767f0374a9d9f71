export const machine = {};
