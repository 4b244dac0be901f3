export interface ColourStripProps {
  readonly colours: readonly string[];
}

const side = 20;
const gap = 4;

/** Colours beside each other; says nothing to those who listen. */
export function ColourStrip({ colours }: ColourStripProps) {
  const width = colours.length * (side + gap) - gap;
  return (
    <svg className="colour-strip" viewBox={`0 0 ${width} ${side}`} aria-hidden="true" focusable="false">
      {colours.map((colour, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place
        <rect key={index} x={index * (side + gap)} width={side} height={side} rx={4} fill={colour} />
      ))}
    </svg>
  );
}
