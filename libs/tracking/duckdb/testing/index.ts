export { openBothWays } from "./open-both-ways.ts";
