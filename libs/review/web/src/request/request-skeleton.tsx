import { Card, Skeleton } from "@runweir/web-ui";

/** Where rows will stand, of the size of what will come. */
export function RowsSkeleton() {
  return (
    <div className="flex flex-col gap-3.5">
      {[6, 3].map((rows) => (
        <Card key={rows}>
          <div className="flex min-h-10 items-center px-3">
            <Skeleton className="w-24" />
          </div>
          {Array.from({ length: rows }, (_, row) => (
            // Nothing tells them apart, and none of them moves.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <div key={row} className="flex h-row items-center gap-6 border-t border-line px-3">
              <Skeleton className="w-1/4" />
              <Skeleton className="ml-auto w-16" />
              <Skeleton className="w-16" />
            </div>
          ))}
        </Card>
      ))}
    </div>
  );
}

/** Where the box stands that says what is missing. */
export function MergeBoxSkeleton() {
  return (
    <Card className="border-line-strong">
      {["w-32", "w-44", "w-36"].map((width) => (
        <div key={width} className="flex h-9 items-center border-b border-line px-3">
          <Skeleton className={width} />
        </div>
      ))}
      <div className="h-22 rounded-b-lg bg-sunken" />
    </Card>
  );
}
