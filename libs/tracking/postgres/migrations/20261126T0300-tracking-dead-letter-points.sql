-- Of which runs a dead letter holds points, and how many: what the ledger of a run counts as rejected is read from here, so a
-- record that is read again, replayed or deleted cannot leave a wrong count behind.
CREATE TABLE tracking.dead_letter_points (
  dead_letter_id bigint NOT NULL REFERENCES tracking.dead_letter ON DELETE CASCADE,
  run_id text NOT NULL,
  -- Null: they cannot be counted, as where the bytes are damaged.
  points bigint,
  PRIMARY KEY (dead_letter_id, run_id)
);
CREATE INDEX dead_letter_points_run ON tracking.dead_letter_points (run_id);
INSERT INTO tracking.dead_letter_points (dead_letter_id, run_id)
SELECT dead_letter_id, run_id FROM tracking.dead_letter WHERE run_id IS NOT NULL;
ALTER TABLE tracking.run_delivery DROP COLUMN rejected_points;

-- Sets a record aside and returns its number. One that is there already, from when the log was read before, stays as it is
-- and returns null.
CREATE FUNCTION tracking.set_aside(
  in_source text, in_partition int, in_offset bigint, in_reason text, in_explanation text, in_workspace text,
  in_run_ids text[], in_points bigint[], in_headers jsonb, in_body bytea
)
RETURNS bigint
LANGUAGE sql
AS $$
  WITH letter AS (
    INSERT INTO tracking.dead_letter
      (source, partition, log_offset, reason, explanation, workspace, run_id, headers, body)
    VALUES (in_source, in_partition, in_offset, in_reason, in_explanation, in_workspace, in_run_ids[1], in_headers, in_body)
    ON CONFLICT DO NOTHING
    RETURNING dead_letter_id
  ), runs AS (
    INSERT INTO tracking.dead_letter_points (dead_letter_id, run_id, points)
    SELECT letter.dead_letter_id, r.run_id, sum(r.points) FROM letter, unnest(in_run_ids, in_points) AS r (run_id, points)
    GROUP BY letter.dead_letter_id, r.run_id
  )
  SELECT dead_letter_id FROM letter
$$;

-- As before, with the points of records that are set aside, and what a log brings for a deleted run is applied: it was
-- acknowledged while the run was active, and has to be there when the run is restored. Only what comes straight from a client
-- is still refused.
CREATE OR REPLACE FUNCTION tracking.apply_segments(
  in_source text, in_partition int, in_epoch bigint, in_offset bigint, in_next_offset bigint,
  in_shards int[], in_run_ids text[], in_workspaces text[], in_digests uuid[], in_points int[], in_lengths int[],
  in_bodies bytea,
  in_clients text[], in_sequences bigint[], in_offsets bigint[], in_logged_at bigint[],
  OUT outcomes text, OUT sequence_numbers bigint[], OUT experiment_ids bigint[], OUT unfolded_bytes bigint[]
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
  letter text;
  letters text[] := '{}';
  run_nos bigint[] := '{}';
  now_ms bigint := extract(epoch FROM clock_timestamp()) * 1000;
BEGIN
  IF in_source IS NOT NULL THEN
    UPDATE tracking.ingest_position SET next_offset = in_next_offset
    WHERE source = in_source AND shard = in_partition AND epoch = in_epoch AND next_offset = in_offset;
    IF NOT FOUND THEN
      RETURN;
    END IF;
  END IF;
  outcomes := '';
  sequence_numbers := '{}';
  experiment_ids := '{}';
  unfolded_bytes := '{}';
  SELECT generation INTO newest FROM tracking.metric_request_generation;
  FOR segment IN
    SELECT * FROM unnest(in_shards, in_run_ids, in_workspaces, in_digests, in_points, in_lengths, in_offsets, in_clients,
      in_sequences) AS s (shard, run_id, workspace, digest, points, length, log_offset, client, sequence)
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
      letter := 'N';
    ELSIF in_source IS NULL AND run.lifecycle_stage <> 'active' THEN
      letter := 'D';
    ELSE
      INSERT INTO tracking.metric_request (generation, digest)
      SELECT newest, segment.digest
      WHERE NOT EXISTS (
        SELECT FROM tracking.metric_request o WHERE o.generation = 1 - newest AND o.digest = segment.digest
      )
      ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN
        letter := 'R';
      ELSE
        at_seq := at_seq + 1;
        written := written + segment.length;
        INSERT INTO tracking.metric_segment (shard, run_no, seq, points, body)
        VALUES (at_shard, run.run_no, at_seq, segment.points, substring(in_bodies FROM body_start FOR segment.length));
        letter := 'A';
      END IF;
    END IF;
    IF letter = 'N' AND in_source IS NOT NULL THEN
      PERFORM tracking.set_aside(in_source, in_partition, segment.log_offset, 'run_not_found', 'There is no such run.',
        segment.workspace, ARRAY[segment.run_id], ARRAY[segment.points::bigint],
        jsonb_strip_nulls(jsonb_build_object('client', segment.client, 'sequence', segment.sequence::text)),
        substring(in_bodies FROM body_start FOR segment.length));
    END IF;
    outcomes := outcomes || letter;
    letters := letters || letter;
    run_nos := run_nos || run.run_no;
    sequence_numbers := sequence_numbers || CASE letter WHEN 'A' THEN at_seq END;
    experiment_ids := experiment_ids || run.experiment_id;
    body_start := body_start + segment.length;
  END LOOP;
  IF at_shard IS NULL THEN
    RETURN;
  END IF;
  UPDATE tracking.metric_shard SET last_seq = at_seq, written_bytes = written WHERE shard = at_shard;
  unfolded_bytes := unfolded_bytes || (written - folded);

  -- Runs live in one shard each, and the shards' rows are still locked: no two writers meet here.
  INSERT INTO tracking.run_delivery AS d
    (run_no, segments, points, repeated_segments, repeated_points, last_applied_at, last_lag_ms, longest_lag_ms)
  SELECT s.run_no,
    count(*) FILTER (WHERE s.letter = 'A'), coalesce(sum(s.points) FILTER (WHERE s.letter = 'A'), 0),
    count(*) FILTER (WHERE s.letter = 'R'), coalesce(sum(s.points) FILTER (WHERE s.letter = 'R'), 0),
    clock_timestamp(), greatest(0, now_ms - max(s.logged_at)), greatest(0, now_ms - min(s.logged_at))
  FROM unnest(run_nos, letters, in_points, in_logged_at) AS s (run_no, letter, points, logged_at)
  WHERE s.run_no IS NOT NULL
  GROUP BY s.run_no
  ON CONFLICT (run_no) DO UPDATE SET
    segments = d.segments + EXCLUDED.segments, points = d.points + EXCLUDED.points,
    repeated_segments = d.repeated_segments + EXCLUDED.repeated_segments,
    repeated_points = d.repeated_points + EXCLUDED.repeated_points,
    last_applied_at = EXCLUDED.last_applied_at, last_lag_ms = EXCLUDED.last_lag_ms,
    longest_lag_ms = greatest(d.longest_lag_ms, EXCLUDED.longest_lag_ms);

  IF in_clients IS NOT NULL THEN
    INSERT INTO tracking.run_sender AS k (run_no, client, received)
    SELECT s.run_no, s.client, range_agg(int8range(s.sequence, s.sequence + 1))
    FROM unnest(run_nos, letters, in_clients, in_sequences) AS s (run_no, letter, client, sequence)
    WHERE s.client IS NOT NULL AND s.letter IN ('A', 'R')
    GROUP BY s.run_no, s.client
    ON CONFLICT (run_no, client) DO UPDATE SET received = k.received + EXCLUDED.received, last_at = now();
  END IF;
END $$;
