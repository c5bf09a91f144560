export { type ApiSettings, readApiSettings } from "./config.ts";
export { type Api, createApi } from "./create-api.ts";
export { prepareDatabase } from "./prepare-database.ts";
