"use client";

import { Button, formatCount } from "@runweir/web-ui";

/** Draws the next of a long list: never all at once, which a page of a hundred thousand would not survive. */
export function ShowNext({
  left,
  step,
  onNext,
  className,
}: {
  /** How many are not drawn yet; none: no button. */
  readonly left: number;
  readonly step: number;
  readonly onNext: () => void;
  readonly className?: string;
}) {
  if (left <= 0) return null;
  return (
    <Button variant="ghost" className={className} onClick={onNext}>
      {left > step
        ? `Show ${formatCount(step)} of ${formatCount(left)} more`
        : `Show ${formatCount(left)} more`}
    </Button>
  );
}
