import {useEffect} from "react";
import {tokenId, type TokenId} from "../../engine/index.ts";

/** The one rule of a style sheet of its own: lighting a token draws nothing anew. */
const sheet = typeof CSSStyleSheet === "undefined" ? null : new CSSStyleSheet();
let lit: TokenId | null = null;

/**
 * An outline around a token wherever it stands; never another colour. Where one stands in another, the outer one; in an
 * SVG text the whole text, since the outline of a part would leave out the space in it.
 */
export function lightToken(id: TokenId | null): void {
  if (id === lit || !sheet) return;
  lit = id;
  sheet.replaceSync(
    id === null
      ? ""
      : `:is([data-token="${id}"], text:has([data-token="${id}"])):not([data-token] *, text *) {
          outline: 2px solid var(--ink); outline-offset: 1px}`
  );
}

const tokenAt = (target: EventTarget | null): TokenId | null => {
  const element =
    target instanceof Element ? target.closest<HTMLElement>("[data-token], [data-lights]") : null;
  const id = element?.dataset["token"] ?? element?.dataset["lights"];
  return id === undefined ? null : tokenId(Number(id));
};

/** While the page is there: what is pointed at or focused lights its token. */
export function useTokenLight(): void {
  useEffect(() => {
    if (!sheet) return;
    const onEvent = ({target}: Event) => lightToken(tokenAt(target));
    const put = () => lightToken(null);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    document.addEventListener("pointerover", onEvent);
    document.addEventListener("focusin", onEvent);
    document.addEventListener("pointerleave", put);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
      document.removeEventListener("pointerover", onEvent);
      document.removeEventListener("focusin", onEvent);
      document.removeEventListener("pointerleave", put);
    };
  }, []);
}
