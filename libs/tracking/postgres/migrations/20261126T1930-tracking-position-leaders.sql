-- A log that lost its end and has grown again to where it was is told from the one that was applied by who wrote it: the leaders
-- of a partition, as pairs of an epoch and the offset from which on, and the latest one whose log has all that was applied. Empty
-- and null: nothing is known.
ALTER TABLE tracking.ingest_position
  ADD COLUMN leaders jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN agreed_with bigint;

DROP FUNCTION tracking.claim_partition(text, int);

-- Made of the time, which does not go back when a backup is: a claim from before must not be taken for one after.
CREATE FUNCTION tracking.next_claim(in_epoch bigint)
RETURNS bigint
LANGUAGE sql
AS $$ SELECT greatest(in_epoch + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) $$;

-- Takes over a partition of a source. Whoever held it before finds another epoch and is fenced.
CREATE FUNCTION tracking.claim_partition(
  in_source text, in_partition int,
  OUT epoch bigint, OUT next_offset bigint, OUT leaders jsonb, OUT agreed_with bigint
)
LANGUAGE sql
AS $$
  INSERT INTO tracking.ingest_position AS p (source, shard, epoch, next_offset) VALUES (in_source, in_partition, tracking.next_claim(0), 0)
  ON CONFLICT (source, shard) DO UPDATE SET epoch = tracking.next_claim(p.epoch)
  RETURNING p.epoch, p.next_offset, p.leaders, p.agreed_with
$$;
