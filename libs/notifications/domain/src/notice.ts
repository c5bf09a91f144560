import type { Topic } from "./topic.ts";

/** One thing that one person is to be told. */
export interface Notice {
  readonly workspace: string;
  readonly userId: string;
  readonly topic: Topic;
  readonly model: string | undefined;
  readonly requestId: number;
  /** A line for people: `ann asks for your review of "Promote version 3"`. */
  readonly line: string;
  readonly time: number;
}

/** What is known of a request beyond what its event says. */
export interface RequestView {
  readonly requestId: number;
  readonly title: string;
  /** Nobody is asked for a review of it yet. */
  readonly isDraft: boolean;
  readonly author: PersonId;
  readonly reviewers: readonly PersonId[];
  /** Named in the comment that the event is about. */
  readonly mentioned: readonly PersonId[];
}

export interface PersonId {
  readonly kind: string;
  readonly id: string;
}

export interface ReviewEvent {
  readonly workspace: string;
  readonly time: number;
  readonly kind: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly model?: string | undefined;
  readonly subject: Readonly<Record<string, unknown>>;
}
