import {useCallback, useState, type RefCallback} from "react";

/**
 * The content width of an element in CSS pixels, followed as it changes; `initial` before it is known. The element may
 * be another one later: the ref follows it.
 */
export function useWidth<E extends HTMLElement>(initial = 960): readonly [RefCallback<E>, number] {
  const [width, setWidth] = useState(initial);
  const ref = useCallback((element: E | null) => {
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth - padding(element)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

function padding(element: HTMLElement): number {
  const style = getComputedStyle(element);
  return parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
}
