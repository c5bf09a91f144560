import type { FreezeWindow } from "./policy.ts";

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** The window that is open at a time, by its name; undefined: none is. */
export function openWindow(windows: readonly FreezeWindow[], now: number): string | undefined {
  const found = windows.find((window) => isWithin(window, now));
  if (!found) return undefined;
  if (found.name !== undefined) return found.name;
  return "start" in found
    ? `${found.start} to ${found.end}`
    : `${found.days.join(", ")} ${found.from} to ${found.to} ${found.timezone}`;
}

function isWithin(window: FreezeWindow, now: number): boolean {
  if ("start" in window) return now >= Date.parse(window.start) && now < Date.parse(window.end);
  const { day, minute } = localTime(now, window.timezone);
  const [from, to] = [minuteOf(window.from), minuteOf(window.to)];
  const isOn = (offset: number) => window.days.some((one) => one === days[(day + offset + 7) % 7]);
  if (to > from) return isOn(0) && minute >= from && minute < to;
  // Over midnight: the evening of its day, or the morning after.
  return (isOn(0) && minute >= from) || (isOn(-1) && minute < to);
}

/** What clocks on the wall show there; 0 is Sunday. */
function localTime(now: number, timezone: string): { readonly day: number; readonly minute: number } {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const read = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  const day = (days as readonly string[]).indexOf(read("weekday").toLowerCase());
  return { day, minute: Number(read("hour")) * 60 + Number(read("minute")) };
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
