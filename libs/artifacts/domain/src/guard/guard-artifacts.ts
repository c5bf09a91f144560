import { type GuardRules, guardService, type Permission } from "@runweir/identity-domain";
import type { ArtifactOwner, Artifacts } from "../artifacts.ts";
import { holdError } from "../hold-error.ts";
import type { ArtifactGate } from "./artifact-gate.ts";

interface ArtifactNeed {
  readonly permission: Extract<Permission, `artifact.${string}`>;
  readonly owner: ArtifactOwner;
  readonly path: string;
}

function of(permission: ArtifactNeed["permission"]) {
  return (owner: ArtifactOwner, path: string): readonly ArtifactNeed[] => [{ permission, owner, path }];
}

/** Who may write may not destroy (CVE-2024-4263). */
const rules: GuardRules<Artifacts, ArtifactNeed> = {
  list: of("artifact.read"),
  open: of("artifact.read"),
  put: of("artifact.write"),
  delete: of("artifact.delete"),
  startUpload: of("artifact.write"),
  putPart: of("artifact.write"),
  completeUpload: of("artifact.write"),
  abortUpload: of("artifact.write"),
};

/** Artifacts as doors get them. */
export function guardArtifacts(artifacts: Artifacts, gate: ArtifactGate): Artifacts {
  const guarded = guardService(artifacts, rules, async (caller, needs) => {
    for (const { permission, owner, path } of needs) await gate.require(caller, permission, owner, path);
  });
  return {
    ...guarded,
    put(caller, owner, path, body) {
      holdError(body);
      return guarded.put(caller, owner, path, body);
    },
    putPart(caller, owner, path, part) {
      holdError(part.body);
      return guarded.putPart(caller, owner, path, part);
    },
  };
}
