import { formatCount, formatNumber } from "@runweir/web-ui";
import type { HoverPoint } from "./read-hover.ts";
import type { Plot } from "./use-engine.ts";

const rowsMax = 10;
/** In a narrower plot no card has room on either side of the crosshair. */
const besideMin = 420;

/** The values under the crosshair, largest first; of many the ones nearest to the pointer. */
export function HoverCard({
  heading,
  points,
  left,
  top,
  plot,
  announce,
}: {
  readonly heading: string;
  readonly points: readonly HoverPoint[];
  readonly left: number;
  readonly top: number | undefined;
  readonly plot: Plot;
  /** Read aloud, when it was moved by keys. */
  readonly announce: boolean;
}) {
  const distance = (point: HoverPoint) => Math.abs(plot.yOf(point.shown) - (top ?? 0));
  const nearest = top === undefined ? points : [...points].sort((a, b) => distance(a) - distance(b));
  const chosen = nearest.slice(0, rowsMax).sort((a, b) => b.shown - a.shown);
  const width = plot.right - plot.left;
  const onLeft = left > (plot.left + plot.right) / 2;
  const place =
    width < besideMin
      ? // Across the crosshair, as far to the left as the crosshair is to the right: never out of the plot.
        { left, maxWidth: width, transform: `translateX(${(-100 * (left - plot.left)) / width}%)` }
      : onLeft
        ? { right: `calc(100% - ${left - 10}px)` }
        : { left: left + 10 };
  return (
    <div
      className="pointer-events-none absolute z-20 max-w-96 min-w-32 rounded-md border border-line bg-surface px-2 py-1.5 text-xs shadow-pop"
      style={{ top: plot.top, ...place }}
      aria-live={announce ? "polite" : "off"}
    >
      <div className="num pb-0.5 text-xs text-ink-3">{heading}</div>
      {chosen.map(({ line, shown, min, max, samples }) => (
        <div key={line.id} className="flex items-center gap-1.5 whitespace-nowrap">
          <span aria-hidden className="size-2 shrink-0 rounded-[3px]" style={{ background: line.color }} />
          <span className="min-w-0 flex-1 truncate">{line.label}</span>
          <span className="num">{formatNumber(shown)}</span>
          {min !== max && (
            <span className="num text-[10px] text-ink-3">
              {formatNumber(min, 3)} – {formatNumber(max, 3)}
            </span>
          )}
          {samples && (
            <span className="num text-[10px] text-ink-3" title="runs with a value here">
              n {formatCount(samples.n)}
            </span>
          )}
          {samples !== undefined && samples.notFinite > 0 && (
            <span className="num text-[10px] text-bad">{formatCount(samples.notFinite)} not finite</span>
          )}
        </div>
      ))}
      {points.length > rowsMax && <div className="text-ink-3">and {points.length - rowsMax} more</div>}
    </div>
  );
}
