import { Skeleton } from "@runweir/web-ui";

/** A chart to come. */
export function CurveSkeleton() {
  return (
    <div aria-hidden className="h-78 rounded-lg border border-line bg-surface p-3">
      <Skeleton className="w-24" />
    </div>
  );
}
