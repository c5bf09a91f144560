export { type ArrowOptions, type ArrowRow, arrowBytes } from "./arrow-bytes.ts";
export { type PointRow, readArrow, readNdjson, rowsOf } from "./read-points.ts";
