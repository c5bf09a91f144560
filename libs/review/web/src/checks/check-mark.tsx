import { classNames } from "@runweir/web-ui";
import { Check, Clock, Minus, TriangleAlert, X } from "lucide-react";
import type { CheckLook } from "./check-look.ts";

const marks = { ok: Check, bad: X, warn: TriangleAlert, live: Clock, neutral: Minus } as const;
const inks: Readonly<Record<CheckLook["tone"], string>> = {
  ok: "bg-ok-soft text-ok",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  live: "bg-live-soft text-live",
  neutral: "bg-sunken text-ink-3",
};

/** A round mark with a shape of its own for each outcome; words stand beside it. */
export function CheckMark({ tone }: { readonly tone: CheckLook["tone"] }) {
  const Mark = marks[tone];
  return (
    <span
      aria-hidden
      className={classNames("grid size-4.5 shrink-0 place-items-center rounded-full", inks[tone])}
    >
      <Mark className="size-3" strokeWidth={2.5} />
    </span>
  );
}
