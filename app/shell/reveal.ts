/** Milliseconds in which what was opened may still be fetched, and grow. */
const ARRIVES = 1000;

/** Brings what the reader has just opened into view as soon as it is drawn, and again whenever it has grown. */
export function reveal(find: () => Element | null | undefined): void {
  const end = performance.now() + ARRIVES;
  let height = 0;
  const look = () => {
    const element = find();
    const now = element?.getBoundingClientRect().height ?? 0;
    if (now !== height) element?.scrollIntoView({block: "nearest"});
    height = now;
    if (performance.now() < end) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
