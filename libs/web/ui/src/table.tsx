import { ArrowDown, ArrowUp } from "lucide-react";
import type { HTMLAttributes, Ref, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { classNames } from "./class-names.ts";

/** Rows of 32 px, a header that stays. Scrolls sideways on its own, so that the page never does. */
export function TableScroll({
  className,
  ...rest
}: HTMLAttributes<HTMLDivElement> & { readonly ref?: Ref<HTMLDivElement> }) {
  return <div className={classNames("min-h-0 overflow-auto", className)} {...rest} />;
}

export function Table({ className, ...rest }: HTMLAttributes<HTMLTableElement>) {
  return (
    <table className={classNames("w-full border-separate border-spacing-0 text-sm", className)} {...rest} />
  );
}

export function TableHead(props: HTMLAttributes<HTMLTableSectionElement>) {
  return <thead {...props} />;
}

export function TableBody({ className, ...props }: HTMLAttributes<HTMLTableSectionElement>) {
  // A card's own edge ends the table; two lines would stand there.
  return <tbody {...props} className={classNames("[&>tr:last-child>td]:border-b-0", className)} />;
}

export interface TableRowProps extends HTMLAttributes<HTMLTableRowElement> {
  readonly selected?: boolean;
  readonly ref?: Ref<HTMLTableRowElement>;
}

export function TableRow({ selected = false, className, ...rest }: TableRowProps) {
  return (
    <tr
      data-selected={selected || undefined}
      className={classNames("group/row bg-surface hover:bg-hover data-[selected]:bg-selected", className)}
      {...rest}
    />
  );
}

export interface HeadCellProps extends ThHTMLAttributes<HTMLTableCellElement> {
  readonly numeric?: boolean;
  /** Makes the heading a button; `false` means sortable but not sorted by. */
  readonly sort?: "ascending" | "descending" | false;
  readonly onSort?: () => void;
  readonly ref?: Ref<HTMLTableCellElement>;
}

export function HeadCell({ numeric = false, sort, onSort, className, children, ...rest }: HeadCellProps) {
  return (
    <th
      scope="col"
      aria-sort={sort || undefined}
      className={classNames(
        "sticky top-0 z-10 h-8 border-b border-line bg-surface px-2.5 font-medium whitespace-nowrap text-ink-2",
        numeric ? "text-right" : "text-left",
        className,
      )}
      {...rest}
    >
      {onSort === undefined ? (
        children
      ) : (
        <button
          type="button"
          onClick={onSort}
          className="inline-flex max-w-full items-center gap-1 rounded-sm hover:text-ink"
        >
          <span className="truncate">{children}</span>
          {sort === "ascending" && <ArrowUp aria-hidden className="size-3 shrink-0" />}
          {sort === "descending" && <ArrowDown aria-hidden className="size-3 shrink-0" />}
        </button>
      )}
    </th>
  );
}

export interface CellProps extends TdHTMLAttributes<HTMLTableCellElement> {
  readonly numeric?: boolean;
}

export function Cell({ numeric = false, className, ...rest }: CellProps) {
  return (
    <td
      className={classNames(
        "h-row border-b border-line px-2.5 whitespace-nowrap",
        numeric && "num text-right",
        className,
      )}
      {...rest}
    />
  );
}
