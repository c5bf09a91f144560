export type { DemoProgress, DemoTarget } from "./demo-target.ts";
export { type DemoResult, loadDemo } from "./load-demo.ts";
export { measureDemo } from "./plan-demo.ts";
