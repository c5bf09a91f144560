import type { Holder } from "@runweir/identity-domain";
import type { useIdentityClient } from "../identity-api.ts";

/** By the name that somebody typed; a user goes before a group of the same name. */
export async function findHolder(
  client: ReturnType<typeof useIdentityClient>,
  name: string,
  kinds: readonly Holder["kind"][],
): Promise<Holder> {
  const { items } = await client.directory.members.holders.query({ name, kinds: [...kinds], limit: 10 });
  const found = kinds.flatMap((kind) => items.filter((item) => item.kind === kind))[0];
  if (found === undefined) throw new Error(`There is no ${kinds.map(wordOf).join(" or ")} '${name}'.`);
  return found;
}

function wordOf(kind: Holder["kind"]): string {
  return kind.replace("-", " ");
}
