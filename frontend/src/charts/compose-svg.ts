import { visible } from "@systemhealer/contract/visible";
/** What stands around a saved chart. */
export interface SvgCaption {
  readonly title: string;
  readonly note?: string | undefined;
  readonly legend: readonly LegendItem[];
  readonly ink: string;
  readonly ground: string;
  readonly font: string;
}

export interface LegendItem {
  readonly label: string;
  readonly colour: string;
}

const padding = 16;
const lineHeight = 20;
const swatch = 10;

/** Text of an SVG file: the chart with its title above and its legend below, on its own ground. */
export function composeSvg(
  chart: string,
  size: { readonly width: number; readonly height: number },
  caption: SvgCaption,
): string {
  const { title, note, ink, ground, font } = caption;
  const legend = caption.legend.map(({ label, colour }) => ({ label: visible(label), colour }));
  const width = size.width + 2 * padding;
  const head = padding + lineHeight + (note ? lineHeight : 0) + 8;
  const rows = legendRows(legend, size.width);
  const foot = rows.length > 0 ? 8 + rows.length * lineHeight : 0;
  const height = head + size.height + foot + padding;
  const text = (x: number, y: number, words: string, more = "") =>
    `<text x="${x}" y="${y}" fill="${ink}" font-size="12" ${more}>${escapeXml(words)}</text>`;
  const items = rows.flatMap((row, index) => {
    const y = head + size.height + 8 + index * lineHeight + 14;
    return row.map(
      ({ label, colour, x }) =>
        `<rect x="${padding + x}" y="${y - swatch}" width="${swatch}" height="${swatch}" fill="${escapeXml(colour)}"/>` +
        text(padding + x + swatch + 6, y, label),
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(font)}">`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    text(padding, padding + 14, title, 'font-weight="bold" style="font-size:15px"'),
    note ? text(padding, padding + lineHeight + 14, note) : "",
    `<g transform="translate(${padding},${head})">${chart}</g>`,
    ...items,
    "</svg>",
  ].join("\n");
}

/** Which items stand in which row, with their places. */
export function legendRows(legend: readonly LegendItem[], width: number): (LegendItem & { readonly x: number })[][] {
  const rows: (LegendItem & { readonly x: number })[][] = [];
  let x = Number.POSITIVE_INFINITY;
  for (const item of legend) {
    const length = swatch + 6 + textWidth(item.label) + 16;
    if (x + length > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ ...item, x });
    x += length;
  }
  return rows;
}

/** About as wide as a text of 12 pixels is; signs of East Asian scripts take a square. */
function textWidth(text: string): number {
  return [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) >= 0x2e80 ? 12 : 6.8), 0);
}

export function escapeXml(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };
  return visible(text).replace(/[&<>"']/g, (sign) => `&${names[sign]};`);
}

/** XML knows no control characters but tab and line breaks. */
export function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, "");
}
