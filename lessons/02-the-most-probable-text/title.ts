import type {Titles} from "../../app/notebook.ts";

export const titles: Titles = {en: "The most probable text"};
