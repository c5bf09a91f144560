import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** Nothing here yet: says so, says what would fill it, and offers the shortest way there. */
export function EmptyState({
  title,
  children,
  actions,
  className,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
}) {
  return (
    <section className={classNames("mx-auto flex max-w-150 flex-col gap-3 px-4 py-10", className)}>
      <h2 className="text-lg font-semibold">{title}</h2>
      {children !== undefined && <div className="flex flex-col gap-3 text-ink-2">{children}</div>}
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </section>
  );
}
