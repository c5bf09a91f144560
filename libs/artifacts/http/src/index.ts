export { artifactFiles } from "./artifact-files.ts";
