export { arrowParts, openStream } from "./open-stream.ts";
export { startDoor } from "./start-door.ts";
