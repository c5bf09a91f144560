import { DomainError } from "@runweir/errors";
import type { Caller } from "@runweir/identity-domain";
import type { Tracking } from "@runweir/tracking-domain";
import { type LocationRules, locateArtifacts } from "./artifact-location.ts";
import {
  invalidPath,
  joinArtifactPath,
  nameOf,
  parseArtifactPath,
  parseLiteralPath,
  rootPath,
} from "./artifact-path.ts";
import { type ArtifactStore, partsMax, type UploadPart } from "./artifact-store.ts";
import type { ArtifactEntry, ArtifactOwner, Artifacts } from "./artifacts.ts";
import { holdError } from "./hold-error.ts";

/** `folder` and `bucket` are asked once for each allowed folder and each bucket. */
export interface ArtifactStores {
  readonly proxied: ArtifactStore;
  readonly folder?: ((folder: string) => ArtifactStore) | undefined;
  readonly bucket?: ((bucket: string) => ArtifactStore) | undefined;
}

/** No folder that people look at is longer; who asks for no limit gets this many and a token for the rest. */
const entriesMax = 10_000;

export function createArtifacts(options: {
  readonly tracking: Pick<Tracking, "getRunInfo" | "getLoggedModel">;
  readonly stores: ArtifactStores;
  readonly rules: LocationRules;
}): Artifacts {
  const { tracking, rules } = options;
  const storeOf = createStoreLookup(options.stores);

  async function rootUriOf(caller: Caller, owner: ArtifactOwner): Promise<string> {
    if (owner.kind === "run") return (await tracking.getRunInfo(caller, owner.runId)).artifactUri;
    if (owner.kind === "model") return (await tracking.getLoggedModel(caller, owner.modelId)).artifactUri;
    return owner.kind === "location" ? locationOf(caller, owner.uri) : "mlflow-artifacts:/";
  }

  /** `runs:/<run id>/<path>` lies below the run's own location; everything else is a location already. */
  async function locationOf(caller: Caller, uri: string): Promise<string> {
    const [, runId, path] = /^runs:\/+([^/]+)(\/.*)?$/i.exec(uri) ?? [];
    if (runId === undefined) return uri;
    const { artifactUri } = await tracking.getRunInfo(caller, runId);
    return `${artifactUri.replace(/\/+$/, "")}${path ?? ""}`;
  }

  /**
   * The path is checked before anybody is asked about the owner: a bad one is answered alike for all owners. Into our own
   * tree everything comes by this service, under one spelling; elsewhere clients write themselves, and names stay theirs.
   */
  async function find(caller: Caller, owner: ArtifactOwner, rawPath: string) {
    const inTree = parseArtifactPath(rawPath);
    const rootUri = await rootUriOf(caller, owner);
    const location = locateArtifacts(rootUri, rules);
    const path = location.kind === "proxied" ? inTree : parseLiteralPath(rawPath);
    return { rootUri, path, store: storeOf(location), at: joinArtifactPath(location.path, path) };
  }

  async function findFile(caller: Caller, owner: ArtifactOwner, rawPath: string) {
    if (parseArtifactPath(rawPath) === rootPath) throw invalidPath(rawPath);
    return find(caller, owner, rawPath);
  }

  return {
    async list(caller, owner, rawPath, page = {}) {
      const { rootUri, path, store, at } = await find(caller, owner, rawPath);
      const limit = Math.max(1, Math.min(page.limit ?? entriesMax, entriesMax));
      const { entries, nextPageToken } = await store.list(at, { limit, pageToken: page.pageToken });
      return {
        rootUri,
        entries: entries.map(
          (entry): ArtifactEntry => ({ ...entry, path: path === "" ? entry.name : `${path}/${entry.name}` }),
        ),
        nextPageToken,
      };
    },
    async open(caller, owner, rawPath) {
      const { path, store, at } = await findFile(caller, owner, rawPath);
      return { path, name: nameOf(path), file: await store.open(at) };
    },
    async put(caller, owner, rawPath, body) {
      holdError(body);
      const { store, at } = await findFile(caller, owner, rawPath);
      await store.put(at, body);
    },
    async delete(caller, owner, rawPath) {
      const { store, at } = await findFile(caller, owner, rawPath);
      await store.delete(at);
    },
    async startUpload(caller, owner, rawPath) {
      const { store, at } = await findFile(caller, owner, rawPath);
      return store.startUpload(at);
    },
    async putPart(caller, owner, rawPath, part) {
      holdError(part.body);
      const { store, at } = await findFile(caller, owner, rawPath);
      checkPartNumber(part.partNumber);
      return store.putPart(at, part.uploadId, part);
    },
    async completeUpload(caller, owner, rawPath, upload) {
      const { store, at } = await findFile(caller, owner, rawPath);
      await store.completeUpload(at, upload.uploadId, inOrder(upload.parts));
    },
    async abortUpload(caller, owner, rawPath, uploadId) {
      const { store, at } = await findFile(caller, owner, rawPath);
      await store.abortUpload(at, uploadId);
    },
  };
}

function createStoreLookup(stores: ArtifactStores) {
  const opened = new Map<string, ArtifactStore>();
  const openOnce = (key: string, open: () => ArtifactStore) => {
    const store = opened.get(key) ?? open();
    opened.set(key, store);
    return store;
  };
  return (location: ReturnType<typeof locateArtifacts>): ArtifactStore => {
    if (location.kind === "proxied") return stores.proxied;
    if (location.kind === "folder" && stores.folder) {
      const { folder } = stores;
      return openOnce(`folder ${location.folder}`, () => folder(location.folder));
    }
    if (location.kind === "s3" && stores.bucket) {
      const { bucket } = stores;
      return openOnce(`bucket ${location.bucket}`, () => bucket(location.bucket));
    }
    throw new DomainError("invalid_argument", `This server has no store for ${location.kind} locations.`, {
      field: "artifact_location",
      reason: "untrusted_location",
    });
  };
}

function checkPartNumber(partNumber: number): void {
  if (Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= partsMax) return;
  throw new DomainError(
    "invalid_argument",
    `Part number ${partNumber} is not a whole number from 1 to ${partsMax}.`,
    { field: "part_number" },
  );
}

function inOrder(parts: readonly UploadPart[]): readonly UploadPart[] {
  if (parts.length === 0) {
    throw new DomainError("invalid_argument", "An upload is completed with at least one part; got none.", {
      field: "parts",
    });
  }
  for (const { partNumber } of parts) checkPartNumber(partNumber);
  const sorted = parts.toSorted((a, b) => a.partNumber - b.partNumber);
  const twice = sorted.find((part, index) => part.partNumber === sorted[index - 1]?.partNumber);
  if (twice) {
    throw new DomainError("invalid_argument", `Part ${twice.partNumber} is named twice.`, { field: "parts" });
  }
  return sorted;
}
