import { formatNumber } from "@runweir/web-ui";
import type { ParallelAxis } from "./parallel-axis.ts";

const stops = [1, 2, 3, 4].map((stop) => `var(--scale-${stop})`).join(", ");

/** What the colours mean. */
export function ScaleLegend({ axis, title }: { readonly axis: ParallelAxis; readonly title: string }) {
  if (axis.ticks.length === 0) return null;
  return (
    <span className="flex items-center gap-1.5 text-sm text-ink-2">
      <span className="max-w-40 truncate" title={title}>
        {title}
      </span>
      <span className="num text-ink-3">{formatNumber(axis.valueAt(0), 3)}</span>
      <span
        aria-hidden
        className="h-2 w-24 rounded-sm"
        style={{ background: `linear-gradient(to right, ${stops})` }}
      />
      <span className="num text-ink-3">{formatNumber(axis.valueAt(1), 3)}</span>
    </span>
  );
}
