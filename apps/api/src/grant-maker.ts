import { setTimeout } from "node:timers/promises";
import type { Caller, Directory, GrantTarget } from "@runweir/identity-domain";

/** Every process may know of rights as they were half a second ago (`watchRevision` of identity-sign-in), and then looks. */
const seenMs = 600;

/**
 * Lets the maker of an experiment or a model manage it. Clients log to what they have just made, so whose role does not allow
 * that is answered only when every process knows of the grant.
 */
export async function grantMaker({ grants }: Directory, caller: Caller, target: GrantTarget): Promise<void> {
  await grants.grantToMaker(caller, target);
  const { administrator, role } = caller.rights;
  if (!administrator && role !== "editor" && role !== "admin") await setTimeout(seenMs);
}
