import { randomBytes } from "node:crypto";
import { dropPlainLinkKey, readPlainLinkKey } from "@runweir/analytics-postgres";
import { systemCaller } from "@runweir/identity-domain";
import { createSecretStore } from "@runweir/identity-postgres";
import type { Database } from "@runweir/postgres";
import { createSecretBox, type InstanceKeyPlace, readInstanceKeys, SecretText } from "@runweir/secrets";
import { newRequestId } from "@runweir/telemetry";

const place = { name: "analytics/link-key" };

/**
 * The key that links to files are signed with, the same for all processes. Earlier versions kept it in clear: theirs goes on being
 * used, so that links that were given away stay good, but is kept encrypted from then on.
 */
export async function readLinkKey(database: Database, keyPlace: InstanceKeyPlace): Promise<Uint8Array> {
  const box = createSecretBox({ keys: await readInstanceKeys(keyPlace) });
  const plain = await readPlainLinkKey(database);
  const fresh = new SecretText(Buffer.from(plain ?? randomBytes(32)).toString("base64"));
  const kept = await createSecretStore({ database, box }).keep(systemCaller(newRequestId()), place, fresh);
  // Only now: whoever ends between the two finds both, and takes the encrypted one.
  if (plain !== undefined) await dropPlainLinkKey(database);
  return Buffer.from(kept.reveal(), "base64");
}
