/**
 * The lines that are left, in an order without a pattern that is the same every time: what is drawn first is a fair sample
 * of all, so that a picture in the making does not mislead.
 */
export function drawingOrder(left: Uint8Array, wanted: 0 | 1): Uint32Array {
  const found: number[] = [];
  const { length } = left;
  // A step that shares no divisor with the length reaches every line once.
  let step = Math.max(1, Math.floor(length * 0.618));
  while (divisor(step, length) > 1) step++;
  for (let count = 0, line = 0; count < length; count++, line = (line + step) % length)
    if (left[line] === wanted) found.push(line);
  return Uint32Array.from(found);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** Many lines are drawn thin, so that where they are dense can be seen; few are drawn strong. */
export function opacityOf(lines: number): number {
  return Math.min(0.85, Math.max(0.06, 12 / Math.sqrt(Math.max(1, lines))));
}
