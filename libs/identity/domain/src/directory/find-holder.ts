import { DomainError } from "@runweir/errors";
import type { Holder, HolderId } from "./directory-records.ts";
import type { HolderStore } from "./directory-store.ts";

const words = { user: "user", "service-account": "service account", group: "group" } as const;

export async function findHolder(holders: HolderStore, { kind, id }: HolderId): Promise<Holder> {
  const holder = await holders.find({ kind, id });
  if (holder !== undefined) return holder;
  throw new DomainError("not_found", `There is no ${words[kind]} '${id}'.`, { field: "id" });
}
