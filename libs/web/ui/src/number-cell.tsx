import { classNames } from "./class-names.ts";
import { formatFull, formatNumber, fromWireNumber, type WireNumber } from "./format-number.ts";

/** A measured number: four digits to read, all of them on hover, and what is no number stands out. */
export function NumberCell({
  value,
  best = false,
  className,
}: {
  /** Nothing logged is shown as a dash. */
  readonly value: WireNumber | null | undefined;
  /** The best of its column. */
  readonly best?: boolean;
  readonly className?: string;
}) {
  if (value === null || value === undefined)
    return <span className={classNames("num text-ink-3", className)}>–</span>;
  const number = fromWireNumber(value);
  return (
    <span
      title={formatFull(value)}
      className={classNames("num", best && "font-semibold", Number.isNaN(number) && "text-bad", className)}
    >
      {formatNumber(value)}
    </span>
  );
}
