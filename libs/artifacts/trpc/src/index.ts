export { type ArtifactsApi, createArtifactsRouter } from "./artifacts-router.ts";
