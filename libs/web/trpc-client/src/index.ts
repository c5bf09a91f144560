export { ApiProvider } from "./api-provider.tsx";
export { type Connection, useConnection } from "./connection.ts";
export { alone, createSliceApi } from "./create-slice-api.tsx";
export { type ApiProblem, describeError } from "./describe-error.ts";
export { useAttempt } from "./use-attempt.ts";
export { useRefresher } from "./use-refresher.ts";
