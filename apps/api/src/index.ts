export { createArtifactPlacement } from "./artifact-placement.ts";
export { createArtifactStores } from "./artifact-stores.ts";
export { type ApiSettings, readApiSettings } from "./config.ts";
export { type Api, createApi } from "./create-api.ts";
export type { Inheritance } from "./inheritance.ts";
export { prepareDatabase } from "./prepare-database.ts";
