export { trackedPlaces } from "./tracked-places.ts";
