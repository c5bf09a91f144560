/** Something that happened, for whoever wants to hear of it. */
export interface OutboxEvent {
  readonly workspace: string;
  /** Milliseconds. */
  readonly time: number;
  /** `<object>.<what happened to it>`: `model_alias.moved`, `review.opened`. */
  readonly kind: string;
  readonly actor: { readonly id: string; readonly name: string };
  /** The registered model it is about, if it is about one. */
  readonly model?: string | undefined;
  /** Ids and names that say what it is about: `{ version: "3", alias: "champion" }`. */
  readonly subject: Readonly<Record<string, unknown>>;
  /** What was there, and what is. Absent where there is nothing to tell. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface StoredEvent extends OutboxEvent {
  /** Its place in the line: the same for every reader, and greater than those of all events before it. */
  readonly place: number;
}
