/** The map as a file: SVG, or that SVG painted into a PNG. Loaded when somebody asks for it. */

import { download } from "./download.js";
import { sceneOf } from "./elements.js";
import type { GraphModel } from "./model.js";
import type { Theme } from "./palette.js";
import type { Point, View } from "./state.js";
import { drawSvg } from "./svg.js";

export interface Picture {
  readonly model: GraphModel;
  readonly view: View;
  readonly places: ReadonlyMap<string, Point>;
  readonly title: string;
  readonly note: string;
  readonly theme: Theme;
  readonly format: "png" | "svg";
}

const SCALE = 2;

export async function savePicture({ model, view, places, title, note, theme, format }: Picture): Promise<void> {
  const svg = new Blob([drawSvg(sceneOf(model, view, places, title, note), theme)], { type: "image/svg+xml" });
  download(`interlock.${format}`, format === "svg" ? svg : await painted(svg));
}

async function painted(svg: Blob): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth * SCALE, image.naturalHeight * SCALE);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: "image/png" });
  } finally {
    URL.revokeObjectURL(url);
  }
}
