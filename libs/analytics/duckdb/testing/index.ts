export { writeExampleSnapshot } from "./example-snapshot.ts";
