import {useLayoutEffect, useState, type ReactNode, type RefObject} from "react";
import type {Unit} from "./useUnit.ts";

type Props = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly unit: Unit;
  readonly label: string;
  /** In px of a page; `height` is undefined where the page scrolls. */
  readonly children: (width: number, height: number | undefined) => ReactNode;
};

/** Kept free at either side, as the style sheet has it, in px. */
const EDGE = 4;

/** The room of the panel, which is laid out for a page and drawn larger. What is too tall for it scrolls. */
export function Stage({scroller, unit: {zoom, isNarrow}, label, children}: Props) {
  const [room, setRoom] = useState({width: 960, height: 400});
  useLayoutEffect(() => {
    const element = scroller.current!;
    const measure = () => setRoom({width: element.clientWidth - 2 * EDGE, height: element.clientHeight});
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const [width, height] = [room.width, room.height].map((px) => Math.floor(px / zoom.panel));
  return (
    <div ref={scroller} className="stage" role="region" aria-label={label} tabIndex={0}>
      <div style={{zoom: zoom.panel}}>{width! > 0 && children(width!, isNarrow ? undefined : height)}</div>
    </div>
  );
}
