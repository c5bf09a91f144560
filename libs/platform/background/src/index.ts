export { type Background, keepWorking } from "./keep-working.ts";
