import {isSampling, warpers as known, type Request, type WarperSpec} from "../../engine/index.ts";

/** The warpers of a request that its strategy lets act: some do only where tokens are drawn by chance. */
export const actingWarpers = ({
  warpers,
  strategy
}: Pick<Request, "warpers" | "strategy">): readonly WarperSpec[] =>
  warpers.filter(({name}) => known[name].when === "always" || isSampling(strategy));
