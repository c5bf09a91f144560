-- Processes keep decoded chunks in memory by their ids, so an id must never return. A sequence goes back with the database
-- when that is restored to an earlier backup, while time goes on: from now on an id is seconds since 2025, then the lowest
-- 22 bits of the sequence. It stays below 2^53 until 2093, grows with time, and is beyond all that were given before.
ALTER TABLE tracking.metric_chunk ALTER COLUMN chunk_id SET DEFAULT
  (((extract(epoch FROM clock_timestamp())::bigint - 1735689600) << 22) | (nextval('tracking.metric_chunk_id') & 4194303));
