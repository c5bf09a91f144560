const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long, in at most two units: 840 ms, 12.4 s, 41 min, 3 h 12 min, 2 d 4 h. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return "–";
  if (milliseconds < second) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59.95 * second) return `${(milliseconds / second).toFixed(1)} s`;
  const minutes = Math.round(milliseconds / minute);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return twoUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(milliseconds / hour);
  return twoUnits(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** How long ago, in one unit; a date when it is more than a month. Times ahead of this clock count as now. */
export function formatAgo(at: number, now: number): string {
  const age = now - at;
  if (age < 5 * second) return "just now";
  if (age < minute) return `${Math.floor(age / second)} s ago`;
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < day) return `${Math.floor(age / hour)} h ago`;
  if (age < 31 * day) return `${Math.floor(age / day)} d ago`;
  return formatDate(at);
}

/** 24 Nov 2026, in the reader's time zone. */
export function formatDate(at: number): string {
  return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** 24 Nov 2026, 18:22:07, in the reader's time zone. */
export function formatInstant(at: number): string {
  return new Date(at).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
