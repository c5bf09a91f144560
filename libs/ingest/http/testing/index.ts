export { type ArrowOptions, type ArrowRow, arrowBytes } from "./arrow-bytes.ts";
export { arrowParts, openStream } from "./open-stream.ts";
export { type PointRow, readArrow, readNdjson, rowsOf } from "./read-points.ts";
export { startDoor } from "./start-door.ts";
