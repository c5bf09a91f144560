export { type ArrowOptions, type ArrowRow, arrowBytes } from "./arrow-bytes.ts";
export { openArrow, type PointRow, readArrow, readNdjson, rowsOf } from "./read-points.ts";
