/** Something that open pages want to hear of. Carries no data: whoever hears of it asks again for what they show. */
export interface ReviewChange {
  /** Undefined: the policies of the workspace, which every request falls under, or anything at all. */
  readonly requestId: number | undefined;
  /** Of a request that moves something. */
  readonly model: string | undefined;
}

/** What somebody watches: all requests of a workspace, those about one model, or one about policies. */
export interface ReviewFilter {
  readonly workspace: string;
  readonly model?: string | undefined;
  readonly requestId?: number | undefined;
}

/** Announced after the commit of what was changed, heard by every API process. */
export interface ReviewFeed {
  /** Calls back for each change until `signal` aborts; changes may be merged, never lost while connected. */
  subscribe(filter: ReviewFilter, listener: (change: ReviewChange) => void, signal: AbortSignal): void;
}

/** Another request about the same model may move what this one starts from. */
export function concerns({ model, requestId }: ReviewFilter, change: ReviewChange): boolean {
  if (change.requestId === undefined || (model === undefined && requestId === undefined)) return true;
  return model === undefined ? change.requestId === requestId : change.model === model;
}
