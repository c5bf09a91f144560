export { createIdentityRouter, type IdentityApi } from "./identity-router.ts";
