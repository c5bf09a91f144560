export { fileLinkRoutes } from "./file-link-routes.ts";
export { snapshotRoutes } from "./snapshot-routes.ts";
