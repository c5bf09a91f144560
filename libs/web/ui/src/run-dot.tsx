import { classNames } from "./class-names.ts";
import { runColor } from "./run-color.ts";

/** A run's colour beside its name; hollow when it is not drawn. */
export function RunDot({
  runId,
  slot,
  filled = true,
  className,
}: {
  readonly runId: string;
  readonly slot?: number;
  readonly filled?: boolean;
  readonly className?: string;
}) {
  const color = runColor(runId, slot);
  return (
    <span
      aria-hidden
      className={classNames("inline-block size-2.25 shrink-0 rounded-[3px] border-[1.5px]", className)}
      style={{ borderColor: color, background: filled ? color : "transparent" }}
    />
  );
}
