export { noteLine } from "./note-line.ts";
export { quoteLike } from "./quote-like.ts";
