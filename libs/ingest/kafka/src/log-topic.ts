/** A topic that is applied to the store. */
export interface LogTopic {
  readonly topic: string;
  /** Names cluster and topic in the positions of the store. */
  readonly source: string;
}
