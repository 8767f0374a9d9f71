import {useEffect, useState} from "react";

/** Below this width a screen is no projector: sizes are those of a page, which scrolls. */
const NARROW = 900;
/** Letters of 11 px, the smallest there are in a panel, are drawn 1.5 units high. */
const SMALLEST = 11;

/** The unit of the presenter's sizes, in px, and how much larger than on a page its parts are drawn. */
export type Unit = {
  readonly u: number;
  readonly isNarrow: boolean;
  readonly zoom: {readonly panel: number; readonly sentence: number; readonly timeline: number};
};

/** @param width @param height of the window in CSS px */
export function unitOf(width: number, height: number): Unit {
  if (width < NARROW) return {u: 9, isNarrow: true, zoom: {panel: 1, sentence: 1, timeline: 1}};
  const u = Math.min(width, 1.78 * height) / 100;
  return {
    u,
    isNarrow: false,
    zoom: {panel: (1.5 * u) / SMALLEST, sentence: (2.45 * u) / 19, timeline: 0.11 * u}
  };
}

/** Follows the window's size. */
export function useUnit(): Unit {
  const [unit, setUnit] = useState(() => unitOf(innerWidth, innerHeight));
  useEffect(() => {
    const measure = () => setUnit(unitOf(innerWidth, innerHeight));
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, []);
  return unit;
}
