/** For those who hand a panel what it asked for; a panel itself takes it from where shared drawing stands. */
export type {Asked} from "../draw/asked.ts";
