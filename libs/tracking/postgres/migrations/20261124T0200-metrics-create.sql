-- Metric points: columnar segments as they arrive, chunks once merged, statistics per series.
CREATE SCHEMA IF NOT EXISTS tracking;

CREATE TABLE tracking.metric_key (
  key_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE
);

-- Statistics of one (run, metric) series over its folded points. Nothing that changes is indexed, so that updates stay
-- within their page (HOT); the free space is for them.
CREATE TABLE tracking.metric_series (
  run_no bigint NOT NULL,
  key_id int NOT NULL,
  count bigint NOT NULL,
  nan_count bigint NOT NULL,
  sum float8,
  min float8,
  max float8,
  step_of_min bigint,
  step_of_max bigint,
  first_step bigint NOT NULL,
  first_timestamp bigint NOT NULL,
  first_value float8 NOT NULL,
  last_step bigint NOT NULL,
  last_timestamp bigint NOT NULL,
  last_value float8 NOT NULL,
  PRIMARY KEY (run_no, key_id)
) WITH (fillfactor = 70);
CREATE INDEX metric_series_key ON tracking.metric_series (key_id, run_no);

-- How far each source (a log's partition, or direct writes) has been applied; moved by compare-and-set with the data.
CREATE TABLE tracking.ingest_position (
  source text NOT NULL,
  shard int NOT NULL,
  epoch bigint NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (source, shard)
);

-- The counter that numbers the segments of a shard. Its row stays locked until the writer commits, so segments become
-- visible in the order of their numbers, without gaps.
CREATE TABLE tracking.metric_shard (
  shard int PRIMARY KEY,
  last_seq bigint NOT NULL DEFAULT 0,
  written_bytes bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

-- How far the segments of a shard are contained in metric_series.
CREATE TABLE tracking.fold_position (
  shard int PRIMARY KEY,
  folded_seq bigint NOT NULL DEFAULT 0,
  folded_bytes bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

INSERT INTO tracking.metric_shard (shard) SELECT generate_series(0, 15);
INSERT INTO tracking.fold_position (shard) SELECT generate_series(0, 15);

-- Requests seen lately, so that a client's retry is not stored again. Two generations take turns: the older one is
-- emptied as a whole, which costs nothing per row.
CREATE TABLE tracking.metric_request (
  generation int NOT NULL,
  digest uuid NOT NULL,
  PRIMARY KEY (generation, digest)
) PARTITION BY LIST (generation);
CREATE TABLE tracking.metric_request_0 PARTITION OF tracking.metric_request FOR VALUES IN (0);
CREATE TABLE tracking.metric_request_1 PARTITION OF tracking.metric_request FOR VALUES IN (1);
CREATE TABLE tracking.metric_request_generation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  generation int NOT NULL,
  since timestamptz NOT NULL
);
INSERT INTO tracking.metric_request_generation (generation, since) VALUES (0, now());

-- One segment per (run, request), exactly as it was encoded. Shards are partitions because the values of each TOAST
-- table draw from one 32-bit range of ids.
CREATE TABLE tracking.metric_segment (
  shard int NOT NULL,
  run_no bigint NOT NULL,
  seq bigint NOT NULL,
  points int NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (shard, run_no, seq)
) PARTITION BY LIST (shard);
CREATE INDEX metric_segment_order ON tracking.metric_segment (shard, seq);

-- Points merged from segments, disjoint sets sorted by (key, step, timestamp, value). A chunk holds a part of one
-- series, or several small series with neighbouring key ids. Chunks of one tier that cover the same key are merged into
-- the next tier; tier 100 is settled: a full part of one series, never rewritten. Chunks are immutable and their ids are
-- never used again, so a decoded chunk may be kept in memory.
CREATE SEQUENCE tracking.metric_chunk_id;
CREATE TABLE tracking.metric_chunk (
  shard int NOT NULL,
  run_no bigint NOT NULL,
  key_from int NOT NULL,
  key_to int NOT NULL,
  chunk_id bigint NOT NULL DEFAULT nextval('tracking.metric_chunk_id'),
  tier int NOT NULL,
  points int NOT NULL,
  step_from bigint NOT NULL,
  step_to bigint NOT NULL,
  timestamp_from bigint NOT NULL,
  timestamp_to bigint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (shard, run_no, key_from, key_to, chunk_id)
) PARTITION BY LIST (shard);
CREATE INDEX metric_chunk_unsettled ON tracking.metric_chunk (shard, run_no) WHERE tier < 100;

-- Bodies are compressed by our own encoding; another pass by Postgres would cost 10 to 40 times its CPU. Segments live
-- for seconds, so their tables are vacuumed by the number of dead rows, not by a share of the living.
DO $$
BEGIN
  FOR shard IN 0..15 LOOP
    EXECUTE format('CREATE TABLE tracking.metric_segment_%s PARTITION OF tracking.metric_segment FOR VALUES IN (%s)
      WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)', shard, shard);
    EXECUTE format('ALTER TABLE tracking.metric_segment_%s ALTER COLUMN body SET STORAGE EXTERNAL', shard);
    EXECUTE format('CREATE TABLE tracking.metric_chunk_%s PARTITION OF tracking.metric_chunk FOR VALUES IN (%s)', shard, shard);
    EXECUTE format('ALTER TABLE tracking.metric_chunk_%s ALTER COLUMN body SET STORAGE EXTERNAL', shard);
  END LOOP;
END $$;

-- Segments that cannot be decoded any more (altered on disk, or written by a fault): set aside with the reason, so that
-- one of them never stops the others.
CREATE TABLE tracking.metric_quarantine (
  shard int NOT NULL,
  run_no bigint NOT NULL,
  seq bigint NOT NULL,
  reason text NOT NULL,
  body bytea NOT NULL,
  quarantined_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shard, run_no, seq)
);

-- Applies encoded segments in the calling transaction, in one round trip. Segments come sorted by shard, so that two
-- writers never wait for each other crosswise; their bodies come one behind the other in in_bodies.
--
-- Returns per segment one letter (A applied, R repeated request, N no such run, D run deleted) and the run's experiment, and
-- the number of unfolded bytes of each shard touched, in ascending order. With a source, the source's position must be exactly where the caller
-- believes it; else nothing is applied and outcomes is null.
CREATE FUNCTION tracking.apply_segments(
  in_source text, in_position_shard int, in_epoch bigint, in_offset bigint, in_next_offset bigint,
  in_shards int[], in_run_ids text[], in_workspaces text[], in_digests uuid[], in_points int[], in_lengths int[],
  in_bodies bytea,
  OUT outcomes text, OUT experiment_ids bigint[], OUT unfolded_bytes bigint[]
)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  segment record;
  run record;
  at_shard int;
  at_seq bigint;
  written bigint;
  folded bigint;
  body_start int := 1;
  newest int;
BEGIN
  IF in_source IS NOT NULL THEN
    UPDATE tracking.ingest_position SET next_offset = in_next_offset
    WHERE source = in_source AND shard = in_position_shard AND epoch = in_epoch AND next_offset = in_offset;
    IF NOT FOUND THEN
      RETURN;
    END IF;
  END IF;
  outcomes := '';
  experiment_ids := '{}';
  unfolded_bytes := '{}';
  SELECT generation INTO newest FROM tracking.metric_request_generation;
  FOR segment IN
    SELECT * FROM unnest(in_shards, in_run_ids, in_workspaces, in_digests, in_points, in_lengths)
      AS s (shard, run_id, workspace, digest, points, length)
  LOOP
    IF segment.shard IS DISTINCT FROM at_shard THEN
      IF at_shard IS NOT NULL THEN
        UPDATE tracking.metric_shard SET last_seq = at_seq, written_bytes = written WHERE shard = at_shard;
        unfolded_bytes := unfolded_bytes || (written - folded);
      END IF;
      at_shard := segment.shard;
      SELECT s.last_seq, s.written_bytes INTO STRICT at_seq, written
      FROM tracking.metric_shard s WHERE s.shard = at_shard FOR NO KEY UPDATE;
      SELECT f.folded_bytes INTO STRICT folded FROM tracking.fold_position f WHERE f.shard = at_shard;
    END IF;
    SELECT r.run_no, r.experiment_id, r.lifecycle_stage INTO run
    FROM tracking.run r WHERE r.run_id = segment.run_id AND r.workspace = segment.workspace;
    IF NOT FOUND THEN
      outcomes := outcomes || 'N';
    ELSIF run.lifecycle_stage <> 'active' THEN
      outcomes := outcomes || 'D';
    ELSE
      INSERT INTO tracking.metric_request (generation, digest)
      SELECT newest, segment.digest
      WHERE NOT EXISTS (
        SELECT FROM tracking.metric_request o WHERE o.generation = 1 - newest AND o.digest = segment.digest
      )
      ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN
        outcomes := outcomes || 'R';
      ELSE
        at_seq := at_seq + 1;
        written := written + segment.length;
        INSERT INTO tracking.metric_segment (shard, run_no, seq, points, body)
        VALUES (at_shard, run.run_no, at_seq, segment.points, substring(in_bodies FROM body_start FOR segment.length));
        outcomes := outcomes || 'A';
      END IF;
    END IF;
    experiment_ids := experiment_ids || run.experiment_id;
    body_start := body_start + segment.length;
  END LOOP;
  IF at_shard IS NOT NULL THEN
    UPDATE tracking.metric_shard SET last_seq = at_seq, written_bytes = written WHERE shard = at_shard;
    unfolded_bytes := unfolded_bytes || (written - folded);
  END IF;
END $$;
