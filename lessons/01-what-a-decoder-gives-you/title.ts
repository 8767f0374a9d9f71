import type {Titles} from "../../app/notebook.ts";

export const titles: Titles = {en: "What a decoder gives you"};
