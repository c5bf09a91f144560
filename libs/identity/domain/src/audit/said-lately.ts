import { RecentValues } from "../access/recent-values.ts";

/** The same again within that time says nothing new; entries are made one after the other on the whole server. */
const quietMs = 60_000;
const rememberedMax = 10_000;

/** Whether something of this kind was said within the last minute; from then on it was. */
export function createSaidLately(clock: { now(): number }): (mark: readonly unknown[]) => boolean {
  const said = new RecentValues<number>(rememberedMax);
  return (mark) => {
    const key = JSON.stringify(mark);
    const now = clock.now();
    if (now - (said.get(key) ?? Number.NEGATIVE_INFINITY) < quietMs) return true;
    said.set(key, now);
    return false;
  };
}
