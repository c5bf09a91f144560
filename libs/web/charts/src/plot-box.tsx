import type { ReactNode } from "react";

/** The place of the plot, of one size whatever stands there: the picture, its table, a notice, or a grid to come. */
export function PlotBox({
  height,
  loading,
  notice,
  table,
  children,
}: {
  /** In CSS pixels. */
  readonly height: number;
  readonly loading: boolean;
  /** Shown instead of everything else. */
  readonly notice: ReactNode;
  /** Shown instead of the picture; false: not asked for. */
  readonly table: ReactNode;
  /** The picture. */
  readonly children: ReactNode;
}) {
  return (
    <div className="relative" style={{ height }}>
      {notice !== undefined ? (
        <div className="h-full overflow-auto px-3 pb-2">{notice}</div>
      ) : (
        <>
          {loading && <PlotSkeleton />}
          {table === false ? children : <div className="h-full overflow-auto">{table}</div>}
        </>
      )}
    </div>
  );
}

function PlotSkeleton() {
  return (
    <div aria-hidden className="animate-shimmer flex h-full flex-col justify-between px-3 pt-2 pb-6 pl-12">
      {[0, 1, 2, 3, 4].map((line) => (
        <div key={line} className="h-px bg-line" />
      ))}
    </div>
  );
}
