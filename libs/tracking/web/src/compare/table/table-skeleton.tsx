import { Skeleton } from "@runweir/web-ui";

const rows = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

/** The table to come: controls, a line of names, rows. */
export function TableSkeleton({ columns }: { readonly columns: number }) {
  return (
    <div aria-hidden className="flex-1 overflow-hidden">
      <div className="flex h-11 items-center gap-3 px-4">
        <Skeleton className="h-7 w-44" />
        <Skeleton className="w-28" />
      </div>
      {rows.map((row) => (
        <div key={row} className="flex h-row items-center gap-6 border-b border-line bg-surface px-4">
          <Skeleton className="w-32 shrink-0" />
          {Array.from({ length: columns }, (_, column) => (
            // Placeholders have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Skeleton key={column} className="w-20 shrink-0" />
          ))}
        </div>
      ))}
    </div>
  );
}
