import { Skeleton } from "@runweir/web-ui";

export function FileSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-4">
      {["w-64", "w-80", "w-48", "w-72", "w-56"].map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}
