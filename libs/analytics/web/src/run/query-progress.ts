/** Short statements are over before anybody could read of them. */
const firstMs = 300;
const everyMs = 400;

export interface QueryProgress {
  readonly ahead: number | undefined;
  readonly percent: number | undefined;
}

/** Asks now and then how far a statement is, until told to stop. */
export function watchProgress(id: string, tell: (progress: QueryProgress) => void): () => void {
  let timer = setTimeout(ask, firstMs);
  let stopped = false;
  async function ask(): Promise<void> {
    const answer = await fetch(`/api/sql/queries/${id}`).catch(() => undefined);
    const body = answer?.ok ? ((await answer.json()) as { ahead?: number; percent?: number }) : undefined;
    if (stopped) return;
    if (body) tell({ ahead: body.ahead, percent: body.percent });
    timer = setTimeout(ask, everyMs);
  }
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
