import { withoutSteering } from "@systemhealer/contract/visible";
import { saveBlob } from "../lib/save-file.ts";

/** Pixels of a saved picture to one of the page. */
const pictureScale = 2;

/** Has the browser save the text of an SVG file. */
export function saveSvg(name: string, svg: string): void {
  saveBlob(`${name}.svg`, new Blob([svg], { type: "image/svg+xml" }));
}

/** Has the browser save an SVG file as a PNG picture. @throws Error where the browser cannot draw it */
export async function savePng(name: string, svg: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * pictureScale;
  canvas.height = image.naturalHeight * pictureScale;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.scale(pictureScale, pictureScale);
  context.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("no picture");
  saveBlob(`${name}.png`, blob);
}

/** A file name of a title, which any system takes. */
export function fileNameOf(title: string): string {
  return (
    withoutSteering(title, "-")
      .replace(/[\\/:*?"<>|\s]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 80) || "chart"
  );
}
