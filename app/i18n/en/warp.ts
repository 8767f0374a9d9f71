export const warp = {};
