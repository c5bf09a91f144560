import type { Preferences, Topic } from "./topic.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** When a notice goes out; undefined: never. */
export function dueTime(topic: Topic, preferences: Preferences, now: number): number | undefined {
  const wish = preferences[topic];
  if (wish === "never") return undefined;
  if (wish === "at_once") return now;
  const today = Math.floor(now / day) * day + preferences.dailyHour * hour;
  return today > now ? today : today + day;
}
