/**
 * Entities per file of the tables that are copied: a change rewrites the files of its bucket, a reader opens one file per
 * bucket. New entities have the greatest numbers, so changes gather in the last bucket.
 */
const numbersPerBucket = 4_096;

export function bucketOf(number: number): number {
  return Math.floor(number / numbersPerBucket);
}

/** All numbers that a bucket may hold, first and last. */
export function numbersOfBucket(bucket: number): readonly [number, number] {
  return [bucket * numbersPerBucket, (bucket + 1) * numbersPerBucket - 1];
}

export function groupByBucket(numbers: Iterable<number>): ReadonlyMap<number, readonly number[]> {
  return new Map([...Map.groupBy(numbers, bucketOf)].sort(([a], [b]) => a - b));
}
