export { type Mailing, startMailing } from "./start-mailing.ts";
