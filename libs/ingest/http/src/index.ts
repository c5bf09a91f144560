export { type IngestPointsOptions, ingestPoints } from "./ingest-points.ts";
