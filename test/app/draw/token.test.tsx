import {renderToStaticMarkup} from "react-dom/server";
import {expect, it} from "vitest";
import {Token, TokenSpan} from "../../../app/draw/Token.tsx";
import {textShown} from "../../../app/draw/tokenText.ts";

const inHtml = (text: string) => renderToStaticMarkup(<Token token={textShown(text)} />);
const inSvg = (text: string) => renderToStaticMarkup(<TokenSpan token={textShown(text)} />);

it("draws leading spaces paler than the letters, but where there are only spaces", () => {
  expect(inHtml(" girl")).toContain('<span class="u">␣</span>girl');
  expect(inSvg(" girl")).toBe('<tspan opacity=".5">␣</tspan>girl');
  expect(inHtml("  ")).toContain('style="opacity:1">␣␣<');
  expect(inSvg("  ")).toBe("␣␣");
  expect(inSvg("girl")).toBe("girl");
});
