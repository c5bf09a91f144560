import type { HTMLAttributes, ReactNode, Ref } from "react";
import { classNames } from "./class-names.ts";

export function Card({
  className,
  ...rest
}: HTMLAttributes<HTMLElement> & { readonly ref?: Ref<HTMLElement> }) {
  return (
    <section
      className={classNames("min-w-0 rounded-lg border border-line bg-surface", className)}
      {...rest}
    />
  );
}

export function CardHeader({
  title,
  count,
  children,
}: {
  readonly title: ReactNode;
  /** Muted figures after the title. */
  readonly count?: ReactNode;
  /** Right-hand side: figures, buttons. */
  readonly children?: ReactNode;
}) {
  return (
    <header className="flex min-h-10 items-center gap-2 px-3 py-1.5 text-sm">
      <h2 className="truncate font-semibold">{title}</h2>
      {count !== undefined && (
        <span className={classNames("text-ink-3", typeof count === "number" ? "num" : "tabular-nums")}>
          {count}
        </span>
      )}
      <div className="ml-auto flex items-center gap-1.5">{children}</div>
    </header>
  );
}

export function CardFooter({
  className,
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <footer
      className={classNames("flex flex-wrap gap-x-2.5 px-3 pb-2 font-mono text-xs text-ink-3", className)}
    >
      {children}
    </footer>
  );
}

/** Names and values in two columns. */
export function DetailList({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[minmax(80px,110px)_minmax(0,1fr)] gap-x-2.5 gap-y-1.75 px-3 pt-0.5 pb-3 text-sm">
      {children}
    </dl>
  );
}

export function Detail({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
