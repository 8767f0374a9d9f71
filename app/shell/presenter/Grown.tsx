import {useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode} from "react";

type Props = {
  /** The room there is, in px of a page. */
  readonly width: number;
  readonly height: number;
  /** The panel, laid out for a width that its figures are drawn larger than. */
  readonly children: (width: number) => ReactNode;
};

/** Times a page's size, the largest first. */
const SIZES = [1.6, 1.4, 1.15, 1];

/** A panel with little to draw, its figures as large as they have room. */
export function Grown({width, height, children}: Props) {
  const [at, setAt] = useState(0);
  const ref = useRef<HTMLDivElement>(null);
  const size = SIZES[at]!;
  useLayoutEffect(() => {
    const stage = ref.current?.closest(".stage");
    if (stage && stage.scrollHeight > stage.clientHeight && at < SIZES.length - 1) setAt(at + 1);
  }, [at]);
  return (
    <div ref={ref} className="grown" style={{"--grow": size, minHeight: height} as CSSProperties}>
      {children(Math.floor(width / size))}
    </div>
  );
}
