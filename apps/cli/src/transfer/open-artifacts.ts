import { createArtifactPlacement, createArtifactStores } from "@runweir/api-app";
import { type Artifacts, createArtifacts } from "@runweir/artifacts-domain";
import type { Tracking } from "@runweir/tracking-domain";
import { readServerSettings } from "../config.ts";

/** The artifacts of the Runweir of this data folder, where its settings say that they lie. */
export async function openArtifacts(
  home: string,
  tracking: Pick<Tracking, "getRunInfo" | "getLoggedModel">,
): Promise<Artifacts> {
  const settings = await readServerSettings(home);
  return createArtifacts({
    tracking,
    stores: await createArtifactStores(settings),
    rules: createArtifactPlacement(settings).rules,
  });
}
