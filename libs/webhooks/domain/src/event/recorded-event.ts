/** Something that happened, as the outbox tells of it. */
export interface RecordedEvent {
  readonly workspace: string;
  /** Milliseconds. */
  readonly time: number;
  /** `<object>.<what happened to it>`. */
  readonly kind: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly model?: string | undefined;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What a webhook is told: under the name of an event that it may be subscribed to. */
export interface EventMessage {
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
}
