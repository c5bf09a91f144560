export { createOutbox, type Outbox } from "./create-outbox.ts";
export type { OutboxEvent, StoredEvent } from "./event.ts";
export { outboxMigrations } from "./migrations-folder.ts";
export type { HandleEvents } from "./read-events.ts";
export { recordEvent, recordEvents } from "./record-event.ts";
