/** The line nearest to a point between two axes, within `reach` pixels; undefined when none is. */
export function nearestLine(
  at: { readonly x: number; readonly y: number },
  picture: {
    readonly x: readonly number[];
    readonly y: readonly Float32Array[];
    readonly lines: Uint32Array;
  },
  reach = 6,
): number | undefined {
  const right = picture.x.findIndex((x) => x >= at.x);
  if (right < 1) return undefined;
  const [from, to] = [picture.x[right - 1]!, picture.x[right]!];
  const [a, b] = [picture.y[right - 1]!, picture.y[right]!];
  const share = (at.x - from) / (to - from);
  let best: number | undefined;
  let distance = reach;
  for (const line of picture.lines) {
    const far = Math.abs(a[line]! + (b[line]! - a[line]!) * share - at.y);
    if (far < distance) {
      distance = far;
      best = line;
    }
  }
  return best;
}
