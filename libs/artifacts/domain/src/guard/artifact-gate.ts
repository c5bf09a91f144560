import { DomainError } from "@runweir/errors";
import {
  type Caller,
  decide,
  isAlikeForAll,
  type Permission,
  requirePermission,
} from "@runweir/identity-domain";
import type { ExperimentGate } from "@runweir/tracking-domain";
import { type LocationRules, locateArtifacts, type TrustedLocation } from "../artifact-location.ts";
import { joinArtifactPath, parseArtifactPath, parseLiteralPath } from "../artifact-path.ts";
import type { ArtifactOwner } from "../artifacts.ts";
import type { ArtifactPlaces } from "./artifact-places.ts";

type ArtifactPermission = Extract<Permission, `artifact.${string}`>;

/** Asks whether callers may, about the experiment that files belong to. */
export interface ArtifactGate {
  require(caller: Caller, permission: ArtifactPermission, owner: ArtifactOwner, path: string): Promise<void>;
  /** The same of a location that is only to be named, by whoever makes something of it: what is nobody's may be. */
  requireLocation(caller: Caller, permission: ArtifactPermission, uri: string): Promise<void>;
}

/**
 * Files of a run or a logged model are its experiment's. Of a path in the tree or at a location, every experiment decides in
 * whose place it lies. What lies in none is for administrators of the server: it may be any workspace's.
 */
export function createArtifactGate(options: {
  readonly gate: ExperimentGate;
  readonly places: ArtifactPlaces;
  readonly rules: LocationRules;
}): ArtifactGate {
  const { gate, places, rules } = options;

  async function requirePlaces(
    caller: Caller,
    permission: ArtifactPermission,
    location: TrustedLocation,
  ): Promise<boolean> {
    const parts = [...new Set(location.path.split("/"))];
    const found = await places.findPlaces({
      experimentIds: parts.filter((part) => /^\d{1,18}$/.test(part)),
      others: parts,
    });
    const owners = found.filter(({ uri }) => lies(location, uri, rules));
    if (owners.some(({ workspace }) => workspace !== caller.workspace)) throw nobodys(caller);
    await gate.require(
      caller,
      owners.map(({ experimentId }) => ({ permission, on: { kind: "experiment", id: experimentId } })),
    );
    return owners.length > 0;
  }

  return {
    async require(caller, permission, owner, rawPath) {
      requirePermission(caller, permission);
      if (owner.kind === "run" || owner.kind === "model") {
        const on =
          owner.kind === "run"
            ? ({ kind: "run", id: owner.runId } as const)
            : ({ kind: "logged-model", id: owner.modelId } as const);
        return gate.require(caller, [{ permission, on }]);
      }
      if (mayAll(caller, permission)) return;
      const [, runId] = owner.kind === "location" ? (/^runs:\/+([^/]+)/i.exec(owner.uri) ?? []) : [];
      if (runId !== undefined) return gate.require(caller, [{ permission, on: { kind: "run", id: runId } }]);
      const root = locateArtifacts(owner.kind === "tree" ? "mlflow-artifacts:/" : owner.uri, rules);
      const inTree = parseArtifactPath(rawPath);
      const path = root.kind === "proxied" ? inTree : parseLiteralPath(rawPath);
      const location = { ...root, path: joinArtifactPath(root.path, path) };
      if (!(await requirePlaces(caller, permission, location))) throw nobodys(caller);
    },

    async requireLocation(caller, permission, uri) {
      if (mayAll(caller, permission)) return;
      const location = locateIfTrusted(uri, rules);
      if (location) await requirePlaces(caller, permission, location);
    },
  };
}

/** Administrators of the server, with no token or one that is good for everything, and for this. */
function mayAll(caller: Caller, permission: ArtifactPermission): boolean {
  return (
    caller.rights.administrator && isAlikeForAll(caller, "experiment") && decide(caller, permission).allowed
  );
}

/** Whether a location is a place or lies below it. */
function lies(location: TrustedLocation, uri: string, rules: LocationRules): boolean {
  const place = locateIfTrusted(uri, rules);
  if (place === undefined || baseOf(place) !== baseOf(location)) return false;
  return location.path === place.path || location.path.startsWith(`${place.path}/`);
}

function baseOf(location: TrustedLocation): string {
  if (location.kind === "proxied") return "";
  return location.kind === "s3" ? `s3 ${location.bucket}` : `folder ${location.folder}`;
}

/** What this server neither reads nor writes holds nothing to be guarded. */
function locateIfTrusted(uri: string, rules: LocationRules): TrustedLocation | undefined {
  try {
    return locateArtifacts(uri, rules);
  } catch (error) {
    if (error instanceof DomainError && error.reason === "untrusted_location") return undefined;
    throw error;
  }
}

function nobodys(caller: Caller): DomainError {
  return new DomainError(
    "permission_denied",
    `Permission denied: what lies there belongs to no experiment of workspace '${caller.workspace}', and that takes an administrator of the server.`,
    { field: "path" },
  );
}
