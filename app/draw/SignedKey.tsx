import {formatNumber} from "./format.ts";
import {tint} from "./colour.ts";

type Props = {
  /** What is drawn in this colour: "K". */
  readonly name?: string;
  /** A colour of tokens.css for what lies above zero. */
  readonly colour: string;
  /** The absolute value that takes the full colour. */
  readonly domain: number;
  /** Nothing below zero: the scale begins there. */
  readonly positive?: boolean;
};

/** A colour scale, symmetric around zero, with the values at its ends. */
export function SignedKey({name, colour, domain, positive = false}: Props) {
  const stops = [...(positive ? [] : [tint("removed", 1)]), tint(colour, 0), tint(colour, 1)];
  return (
    <span className="signedkey">
      {name && <b style={{color: `var(--${colour})`}}>{name}</b>}
      <span>{formatNumber(positive ? 0 : -domain)}</span>
      <i aria-hidden="true" style={{background: `linear-gradient(90deg in oklab, ${stops.join(", ")})`}} />
      <span>{formatNumber(domain)}</span>
    </span>
  );
}
