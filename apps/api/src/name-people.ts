import { type DirectoryStore, localOwner, RecentValues } from "@runweir/identity-domain";

/** Names change seldom, and lists ask for the same ones again and again. */
const rememberedMs = 60_000;
const rememberedMax = 10_000;

/** What people are called who are known by their ids; those who are gone have no name any more. */
export function namePeople(
  { holders }: Pick<DirectoryStore, "holders">,
  { clock }: { readonly clock: { now(): number } },
) {
  const remembered = new RecentValues<{ readonly name: string | undefined; readonly until: number }>(
    rememberedMax,
  );
  const owner = localOwner("names").principal;
  return {
    async nameOf(id: string): Promise<string | undefined> {
      if (id === owner.id) return owner.name;
      const known = remembered.get(id);
      if (known && known.until > clock.now()) return known.name;
      const found =
        (await holders.find({ kind: "user", id })) ?? (await holders.find({ kind: "service-account", id }));
      remembered.set(id, { name: found?.name, until: clock.now() + rememberedMs });
      return found?.name;
    },
  };
}
