export { createDemoRouter, type DemoApi } from "./demo-router.ts";
