import { classNames } from "./class-names.ts";

/** A grey block of the size of what will come; give it that size by its class. Hidden from screen readers. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span aria-hidden className={classNames("animate-shimmer block h-3 rounded-sm bg-line", className)} />
  );
}

const widths = ["w-40", "w-28", "w-36", "w-24", "w-32"];

/** Rows of a table to come; put it in the place of the rows. */
export function SkeletonRows({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // Placeholders have no identity but their place.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <tr key={row} className="h-row border-b border-line">
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <td key={column} className="px-2.5">
          <Skeleton
            className={classNames("max-w-full", column === 0 ? widths[row % widths.length] : "w-14")}
          />
        </td>
      ))}
    </tr>
  ));
}
