import type { AuditRules } from "@runweir/identity-domain";
import type { ArtifactOwner, Artifacts } from "../artifacts.ts";

/** What is entered into the audit log: files and folders that were deleted. */
export const artifactAudit: AuditRules<Artifacts> = {
  async delete(_artifacts, _caller, owner, path) {
    const of = nameOf(owner);
    return { action: "artifact.delete", object: { id: `${of}/${path}`, name: path }, before: { of, path } };
  },
};

function nameOf(owner: ArtifactOwner): string {
  switch (owner.kind) {
    case "run":
      return `run ${owner.runId}`;
    case "model":
      return `logged model ${owner.modelId}`;
    case "location":
      return owner.uri;
    case "tree":
      return "mlflow-artifacts:";
  }
}
