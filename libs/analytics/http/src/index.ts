export { type SqlRoutesOptions, sqlRoutes } from "./sql-routes.ts";
