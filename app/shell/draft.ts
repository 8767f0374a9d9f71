import {printRequest, type Request} from "../../engine/index.ts";

/** Whether two requests make the same trace. */
export const sameRequest = (a: Request, b: Request): boolean =>
  a === b || (a.prompt === b.prompt && printRequest(a) === printRequest(b));
