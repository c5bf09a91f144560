export { findFreePort } from "./find-free-port.ts";
export { isListening } from "./is-listening.ts";
