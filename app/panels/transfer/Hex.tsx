import {hexOf, spokenBytes} from "./numberBytes.ts";

/** A number's bytes; those behind which nothing comes but zeros stand back. Said elsewhere. */
export function Hex({bytes}: {readonly bytes: readonly number[]}) {
  const n = spokenBytes(bytes);
  return (
    <span className="mono" aria-hidden="true">
      {hexOf(bytes.slice(0, n))} <i>{hexOf(bytes.slice(n))}</i>
    </span>
  );
}
