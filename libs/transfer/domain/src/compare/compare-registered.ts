import type {
  ImportedModel,
  ImportedVersion,
  RegisteredModel,
  StoredVersion,
} from "@runweir/registry-domain";
import { differingFields } from "./differing-fields.ts";
import { differingKeys } from "./differing-keys.ts";

/** What of a registered model, its versions apart, is not here as it was exported. */
export function compareRegisteredModel(exported: ImportedModel, here: RegisteredModel): readonly string[] {
  return [
    ...differingFields(exported, here, {
      description: "description",
      creatorId: "creator",
      creationTime: "creation time",
    }),
    ...differingKeys(exported.tags, here.tags).map((key) => `tag ${key}`),
  ];
}

/** The same of a version whose files' places were moved to where they are here. */
export function compareVersion(exported: ImportedVersion, { version: here, storageLocation }: StoredVersion) {
  return [
    ...differingFields(
      exported,
      { ...here, storageLocation },
      {
        stage: "stage",
        description: "description",
        creatorId: "creator",
        source: "source",
        storageLocation: "storage location",
        runId: "run",
        runLink: "run link",
        modelId: "logged model",
        status: "status",
        statusMessage: "status message",
      },
    ),
    ...differingKeys(exported.tags, here.tags).map((key) => `tag ${key}`),
  ];
}
