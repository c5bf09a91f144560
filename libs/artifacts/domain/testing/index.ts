export { describeArtifactStore } from "./artifact-store-contract.ts";
export { attackPaths, innocentPaths } from "./attack-paths.ts";
export { readAll } from "./read-all.ts";
