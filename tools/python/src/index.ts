export { ensureEnvironment, environments, PythonUnavailable } from "./ensure-environment.ts";
