/**
 * Where a pointer is from an element's top left, in the px that the element was laid out in: the presenter draws
 * panels larger.
 *
 * @param width of the element as it was laid out
 */
export function pointerPlace(
  element: Element,
  {clientX, clientY}: {readonly clientX: number; readonly clientY: number},
  width: number
): {readonly x: number; readonly y: number} {
  const {left, top, width: drawn} = element.getBoundingClientRect();
  const scale = drawn > 0 ? width / drawn : 1;
  return {x: (clientX - left) * scale, y: (clientY - top) * scale};
}
