import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** Nothing here yet: says so, says what would fill it, and offers the shortest way there. */
export function EmptyState({
  title,
  heading: Heading = "h2",
  children,
  actions,
  className,
}: {
  readonly title: string;
  /** `h1` where nothing else on the page is one. */
  readonly heading?: "h1" | "h2";
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
}) {
  return (
    <section
      className={classNames("mx-auto flex w-full max-w-150 min-w-0 flex-col gap-3 px-4 py-10", className)}
    >
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children !== undefined && <div className="flex min-w-0 flex-col gap-3 text-ink-2">{children}</div>}
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </section>
  );
}
