import type { Caller } from "@runweir/identity-domain";

/** The first product of a user agent, as far as it keeps to the alphabet of products. */
const product = /^[\w.+!#$&'*^`|~-]{1,60}(?:\/[\w.+!#$&'*^`|~-]{1,40})?/;

/** What somebody asks with: `mlflow-python-client/3.17.2`. The rest of a user agent tells of machines, and differs too much to be counted by. */
export function clientOf({ origin }: Pick<Caller, "origin">): string | undefined {
  return product.exec(origin?.userAgent ?? "")?.[0];
}
