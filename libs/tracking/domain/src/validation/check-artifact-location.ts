import { DomainError } from "@runweir/errors";
import { requireText } from "./check-text.ts";
import { limits } from "./limits.ts";

/**
 * The location as given, when it can be one. Whether the server itself may read or write there is decided where it would
 * do so (artifacts), never here: a client may keep artifacts wherever it can reach them.
 */
export function checkArtifactLocation(location: string): string {
  if (location.startsWith("runs:"))
    throw new DomainError(
      "invalid_argument",
      `Artifact location cannot be a runs:/ URI. Given: '${location}'`,
      {
        field: "artifact_location",
      },
    );
  if (/[#;]/.test(location))
    throw new DomainError("invalid_argument", "'artifact_location' URL can't include fragments or params.", {
      field: "artifact_location",
    });
  // MLflow takes one and puts the folders of runs before it; nothing here could read such a place.
  if (location.includes("?"))
    throw new DomainError(
      "invalid_argument",
      `'artifact_location' URL can't include a query. Given: '${location}'`,
      { field: "artifact_location" },
    );
  return requireText("artifact_location", location, limits.artifactLocation);
}
