import type {ReactNode} from "react";
import {fitText, textWidth} from "../../draw/fitText.ts";
import {TokenSpan} from "../../draw/Token.tsx";
import {tokenShown, warperNames, type MachineInput} from "./boxTexts.ts";
import type {Rect} from "./machineMap.ts";

/** Boxes with less room have smaller letters. */
export const isSmall = (width: number): boolean => width < 84;

/** "[8,192]", "192→4,096" */
const tight = (text: string): string => text.replaceAll(" → ", "→").replaceAll(", ", ",");

/** The longest form that fits; where none does, the shortest without the spaces it can do without, or cut. */
export function fitting(forms: readonly string[], width: number): string {
  const size = isSmall(width + 4) ? 11 : 11.5;
  const fits = forms.find((form) => textWidth(form, size, "mono") <= width);
  return fits ?? fitText(tight(forms.at(-1)!), width + 4, size, "mono");
}

export function Value({rect, children}: {readonly rect: Rect; readonly children: ReactNode}) {
  return (
    <text className="m" x={rect.x + rect.width / 2} y={rect.y + rect.height / 2 + 13} textAnchor="middle">
      {children}
    </text>
  );
}

type Inside = {readonly rect: Rect; readonly input: MachineInput};

/**
 * The warpers' short names side by side, the one at the cursor underlined, the next one dashed; where they do not fit,
 * that one or a count.
 */
export function Chain({rect, input}: Inside) {
  const names = warperNames(input);
  if (names.length === 0)
    return <Value rect={rect}>{input.strings.noWarper(input.request.warpers.length)}</Value>;
  const room = Math.floor((rect.width - 8) / names.length);
  if (names.some(({text}) => fitText(text, room, 11, "mono") !== text)) {
    const at = names.findIndex(({mark}) => mark === "now");
    const {strings} = input;
    return (
      <Value rect={rect}>
        {at < 0 ? strings.warpers(names.length) : strings.warperAt(names[at]!.text, at + 1, names.length)}
      </Value>
    );
  }
  return names.map(({text, mark}, i) => (
    <text
      key={i}
      className={mark ? `m at ${mark}` : "m"}
      x={rect.x + 4 + room * (i + 0.5)}
      y={rect.y + rect.height / 2 + 13}
      textAnchor="middle"
    >
      {fitText(text, room, 11, "mono")}
    </text>
  ));
}

export function TokenValue({rect, input}: Inside) {
  const token = tokenShown(input);
  if (!token) return <Value rect={rect}>{input.strings.noToken}</Value>;
  const {spaces} = token;
  const text = fitText(token.text, rect.width - 10 - spaces.length * 7, 11.5, "mono");
  return (
    <Value rect={rect}>
      <TokenSpan token={{...token, text}} />
    </Value>
  );
}
