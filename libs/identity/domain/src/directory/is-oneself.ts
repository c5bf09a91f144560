import type { Caller } from "../caller.ts";
import type { HolderId } from "./directory-records.ts";
import type { HolderStore } from "./directory-store.ts";
import { asHolder } from "./workspace-directory.ts";

/** Whether these are the caller themselves or a group that they are in. */
export async function isOneself(
  holders: Pick<HolderStore, "groupsOf">,
  caller: Caller,
  { kind, id }: HolderId,
): Promise<boolean> {
  const self = asHolder(caller);
  if (self === undefined) return false;
  if (kind !== "group") return self.kind === kind && self.id === id;
  return (await holders.groupsOf(self)).some((group) => group.id === id);
}
