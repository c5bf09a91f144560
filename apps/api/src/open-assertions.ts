import { type CallerAssertions, createCallerAssertions } from "@runweir/http";
import { type InstanceKeyPlace, readInstanceKeys } from "@runweir/secrets";

/** How the warehouse is told who asks; undefined where the installation has no key, and so nobody but its local owner. */
export async function openAssertions(
  place: InstanceKeyPlace,
): Promise<Pick<CallerAssertions, "sign"> | undefined> {
  if (!place.text && !place.file) return undefined;
  const keys = await readInstanceKeys(place);
  return createCallerAssertions({ keys, audience: "warehouse", now: () => new Date() });
}
