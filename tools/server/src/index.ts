export { type Administrator, becomeAdministrator } from "./become-administrator.ts";
export { type ChildServer, startChildServer } from "./child-server.ts";
export { findWelcomeLink } from "./find-welcome-link.ts";
export { startRunweir } from "./start-runweir.ts";
