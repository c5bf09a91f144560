export const shardCount = 16;

/**
 * The shard that holds a run's points, for ever: FNV-1a over the UTF-16 code units of its id, folded to 4 bits. Stored
 * data depends on it, so it must not change; its golden values are a test.
 */
export function shardOf(runId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < runId.length; i += 1) {
    hash = Math.imul(hash ^ runId.charCodeAt(i), 0x01000193);
  }
  hash ^= hash >>> 16;
  hash ^= hash >>> 8;
  return (hash ^ (hash >>> 4)) & (shardCount - 1);
}
