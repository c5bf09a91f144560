export { type IngestSettings, readIngestSettings } from "./config.ts";
export { createIngest, type Ingest } from "./create-ingest.ts";
export { createTrackingOver } from "./tracking-over.ts";
