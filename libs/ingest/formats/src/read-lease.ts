/** Room for what is being read. */
export interface ReadLease {
  /** Throws `resource_exhausted` when there is no room. */
  take(bytes: number): void;
  give(bytes: number): void;
  /** Resolves when a stream may go on reading. */
  whenRelaxed(): Promise<void>;
}
