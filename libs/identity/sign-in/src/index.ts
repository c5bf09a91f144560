export type { OpenIdProvider } from "./auth/create-auth.ts";
export { authPath } from "./auth/create-auth.ts";
export { addressHeader, requestHeader } from "./auth/sign-in-endpoints.ts";
export { createSignIn, type People, type SignIn } from "./create-sign-in.ts";
export { signInRoutes } from "./sign-in-routes.ts";
export { createApiTokens } from "./tokens/api-tokens.ts";
