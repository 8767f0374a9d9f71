/** The pattern of what was removed, for `fill="url(#ID)"`. Give each SVG its own id. */
export function Hatch({id}: {readonly id: string}) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill="var(--removed-tint)" />
      <line x1="0" y1="0" x2="0" y2="5" stroke="var(--removed)" strokeWidth="1.6" />
    </pattern>
  );
}
