import type { Holder } from "@runweir/identity-domain";
import type { useIdentityClient } from "../identity-api.ts";

/** By the name that somebody typed; a user goes before a group of the same name. */
export async function findHolder(
  client: ReturnType<typeof useIdentityClient>,
  name: string,
  kinds: readonly Holder["kind"][],
): Promise<Holder> {
  const { items } = await client.directory.members.holders.query({
    search: name,
    kinds: [...kinds],
    limit: 200,
  });
  const found = kinds.flatMap((kind) =>
    items.filter((item) => item.kind === kind && item.name.toLowerCase() === name.toLowerCase()),
  )[0];
  if (found === undefined) throw new Error(`There is nobody, and no group, of the name '${name}'.`);
  return found;
}
