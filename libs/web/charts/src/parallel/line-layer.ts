import { colorSteps } from "./color-scale.ts";

/** Lines drawn before the browser may show them and hear of the pointer: about 40 ms without a graphics card. */
const linesPerFrame = 4_000;
/** Lines of one path, and so of one colour: more are hardly faster, and lines of a path that lie on each other count once. */
const linesPerPath = 4;

export interface LinePicture {
  /** Where the axes stand, in CSS pixels. */
  readonly x: readonly number[];
  /** One list per axis, one place per line. */
  readonly y: readonly Float32Array[];
  /** The lines to be drawn. */
  readonly lines: Uint32Array;
  /** The colour of every line there is: a step of the palette, -1 for `plain`. */
  readonly steps: Int8Array;
  readonly palette: readonly string[];
  readonly plain: string;
  readonly opacity: number;
}

/**
 * Polylines on a canvas, some thousands a frame: a picture of 20,000 begins at once and is whole a fifth of a second later.
 * A new picture ends the one before. ECharts draws all of them anew at each move of a brush, which takes 0.4 s.
 */
export function createLineLayer(canvas: HTMLCanvasElement) {
  let frame: number | undefined;
  const stop = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
  };
  return {
    draw(picture: LinePicture, width: number, height: number): void {
      stop();
      const context = canvas.getContext("2d");
      if (!context) return;
      const ratio = globalThis.devicePixelRatio || 1;
      let drawn = 0;
      const next = () => {
        frame = undefined;
        if (drawn === 0) {
          // Setting the size empties the canvas, in the same frame as the first lines: nothing flickers.
          canvas.width = Math.round(width * ratio);
          canvas.height = Math.round(height * ratio);
          context.scale(ratio, ratio);
          context.lineWidth = 1;
          context.globalAlpha = picture.opacity;
        }
        const end = Math.min(picture.lines.length, drawn + linesPerFrame);
        strokeLines(context, picture, drawn, end);
        drawn = end;
        if (drawn < picture.lines.length) frame = requestAnimationFrame(next);
      };
      frame = requestAnimationFrame(next);
    },
    stop,
  };
}

export type LineLayer = ReturnType<typeof createLineLayer>;

/**
 * Some lines of one colour, then some of the next, and round again: were one colour drawn after the others, it alone would
 * be seen where many lines meet.
 */
function strokeLines(
  context: CanvasRenderingContext2D,
  picture: LinePicture,
  from: number,
  to: number,
): void {
  const byStep = Array.from({ length: colorSteps + 1 }, (): number[] => []);
  for (let index = from; index < to; index++) {
    const line = picture.lines[index]!;
    byStep[picture.steps[line]! + 1]!.push(line);
  }
  const rounds = Math.ceil(Math.max(...byStep.map((lines) => lines.length)) / linesPerPath);
  for (let round = 0; round < rounds; round++) {
    byStep.forEach((lines, step) => {
      // A rare colour is spread over all rounds, so that it is neither under nor over the others.
      const begin = Math.floor((round * lines.length) / rounds);
      const end = Math.floor(((round + 1) * lines.length) / rounds);
      if (begin === end) return;
      context.strokeStyle = step === 0 ? picture.plain : (picture.palette[step - 1] ?? picture.plain);
      context.beginPath();
      for (let index = begin; index < end; index++) tracePath(context, picture, lines[index]!);
      context.stroke();
    });
  }
}

function tracePath(context: CanvasRenderingContext2D, { x, y }: LinePicture, line: number): void {
  context.moveTo(x[0]!, y[0]![line]!);
  for (let axis = 1; axis < x.length; axis++) context.lineTo(x[axis]!, y[axis]![line]!);
}
