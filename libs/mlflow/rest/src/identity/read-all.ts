import type { Page, PageRequest } from "@runweir/identity-domain";

const pageMax = 1_000;

/** Every page: MLflow's lists of people and rights come whole. */
export async function readAll<Item>(
  list: (request: PageRequest) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  for (let pageToken: string | undefined; ; ) {
    const page = await list({ limit: pageMax, pageToken });
    found.push(...page.items);
    pageToken = page.nextPageToken;
    if (pageToken === undefined) return found;
  }
}
