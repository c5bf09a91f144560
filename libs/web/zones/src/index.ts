export { type Zone, type ZoneName, zoneOf, zones } from "./zones.ts";
