import {en} from "./en/index.ts";

/** The texts of one language; English is the shape that every other one must have. */
export type Strings = typeof en;

export const languages: Readonly<Record<string, Strings>> = {en};
