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

-- Points merged from segments, sorted by (key, step, timestamp, value). A chunk holds a part of one series, or several
-- small series with neighbouring key ids.
CREATE SEQUENCE tracking.metric_chunk_id;
CREATE TABLE tracking.metric_chunk (
  shard int NOT NULL,
  run_no bigint NOT NULL,
  key_from int NOT NULL,
  key_to int NOT NULL,
  chunk_id bigint NOT NULL DEFAULT nextval('tracking.metric_chunk_id'),
  merge_no bigint NOT NULL,
  tier int NOT NULL,
  points int NOT NULL,
  step_from bigint NOT NULL,
  step_to bigint NOT NULL,
  timestamp_from bigint NOT NULL,
  timestamp_to bigint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (shard, run_no, key_from, key_to, chunk_id)
) PARTITION BY LIST (shard);

-- Bodies are compressed by our own encoding; another pass by Postgres would cost 10 to 40 times its CPU.
DO $$
BEGIN
  FOR shard IN 0..15 LOOP
    EXECUTE format('CREATE TABLE tracking.metric_segment_%s PARTITION OF tracking.metric_segment FOR VALUES IN (%s)', shard, shard);
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
