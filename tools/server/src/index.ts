export { type ChildServer, freePort, startChildServer } from "./child-server.ts";
export { startRunweir } from "./start-runweir.ts";
