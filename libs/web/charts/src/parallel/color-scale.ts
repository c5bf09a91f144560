/** Steps of a colour scale; more the eye does not tell apart in thin lines. */
export const colorSteps = 16;

/** Colours evenly from the first to the last, by way of those between; all of them `#rrggbb`. */
export function spreadColors(stops: readonly string[], steps: number = colorSteps): readonly string[] {
  const parsed = stops.map((stop) => [1, 3, 5].map((at) => Number.parseInt(stop.slice(at, at + 2), 16)));
  return Array.from({ length: steps }, (_, step) => {
    const along = (step / (steps - 1)) * (parsed.length - 1);
    const index = Math.min(parsed.length - 2, Math.floor(along));
    const [from, to] = [parsed[index]!, parsed[index + 1]!];
    const mixed = from.map((channel, at) => Math.round(channel + (to[at]! - channel) * (along - index)));
    return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
  });
}

/** The step of a place between 0 and 1; -1 for no place. */
export function colorStep(place: number): number {
  if (Number.isNaN(place)) return -1;
  return Math.min(colorSteps - 1, Math.max(0, Math.floor(place * colorSteps)));
}
