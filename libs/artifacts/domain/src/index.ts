export { type LocationRules, locateArtifacts, type TrustedLocation } from "./artifact-location.ts";
export {
  type ArtifactPath,
  folderOf,
  invalidPath,
  joinArtifactPath,
  nameOf,
  parseArtifactPath,
  rootPath,
} from "./artifact-path.ts";
export {
  type ArtifactFile,
  type ArtifactStore,
  type ByteRange,
  type IncomingPart,
  type OpenArtifact,
  partsMax,
  type StoredEntry,
  type UploadPart,
} from "./artifact-store.ts";
export type { ArtifactEntry, ArtifactListing, ArtifactOwner, Artifacts } from "./artifacts.ts";
export { contentTypeOf } from "./content-type.ts";
export { type ArtifactStores, createArtifacts } from "./create-artifacts.ts";
export { artifactAudit } from "./guard/artifact-audit.ts";
export { type ArtifactGate, createArtifactGate } from "./guard/artifact-gate.ts";
export type { ArtifactPlaces } from "./guard/artifact-places.ts";
export { guardArtifacts } from "./guard/guard-artifacts.ts";
export { holdError } from "./hold-error.ts";
export { isStorageFull, storageFull } from "./storage-full.ts";
export { withoutDestroying } from "./without-destroying.ts";
