-- As before, and a run that gets a name is locked before its tags, as everywhere else: who renames it at the same moment locks
-- the run and then the tag, and the two waited for each other.
CREATE OR REPLACE FUNCTION tracking.write_params_and_tags(
  in_workspace text, in_run_id text,
  in_param_keys text[], in_param_values text[], in_tag_keys text[], in_tag_values text[],
  OUT outcome text, OUT conflicts jsonb, OUT out_experiment_id bigint
)
LANGUAGE plpgsql
AS $$
DECLARE
  target record;
  written bigint;
  name_at int := array_position(in_tag_keys, 'mlflow.runName');
BEGIN
  SELECT r.run_no, r.experiment_id, r.lifecycle_stage INTO target
  FROM tracking.run r WHERE r.run_id = in_run_id AND r.workspace = in_workspace;
  IF NOT FOUND THEN
    outcome := 'N';
    RETURN;
  END IF;
  out_experiment_id := target.experiment_id;
  IF target.lifecycle_stage <> 'active' THEN
    outcome := 'D';
    RETURN;
  END IF;
  IF name_at IS NOT NULL THEN
    PERFORM FROM tracking.run r WHERE r.run_no = target.run_no FOR NO KEY UPDATE;
  END IF;
  IF cardinality(in_param_keys) > 0 THEN
    INSERT INTO tracking.run_param (run_no, key, value)
    SELECT target.run_no, p.key, p.value FROM unnest(in_param_keys, in_param_values) AS p (key, value)
    WHERE NOT EXISTS (
      SELECT FROM unnest(in_param_keys, in_param_values) AS q (key, value)
      JOIN tracking.run_param s ON s.run_no = target.run_no AND s.key = q.key AND s.value <> q.value
    )
    ORDER BY p.key
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < cardinality(in_param_keys) THEN
      SELECT jsonb_agg(jsonb_build_array(p.key, s.value, p.value) ORDER BY p.place) INTO conflicts
      FROM unnest(in_param_keys, in_param_values) WITH ORDINALITY AS p (key, value, place)
      JOIN tracking.run_param s ON s.run_no = target.run_no AND s.key = p.key AND s.value <> p.value;
      IF conflicts IS NOT NULL THEN
        outcome := 'C';
        -- Another writer was faster with some of them: the rest must not stay either.
        IF written > 0 THEN
          RAISE EXCEPTION USING ERRCODE = 'RW001', MESSAGE = conflicts::text;
        END IF;
        RETURN;
      END IF;
    END IF;
  END IF;
  IF cardinality(in_tag_keys) > 0 THEN
    INSERT INTO tracking.run_tag AS t (run_no, key, value)
    SELECT target.run_no, p.key, p.value FROM unnest(in_tag_keys, in_tag_values) AS p (key, value) ORDER BY p.key
    ON CONFLICT (run_no, key) DO UPDATE SET value = EXCLUDED.value WHERE t.value <> EXCLUDED.value;
    IF name_at IS NOT NULL THEN
      UPDATE tracking.run SET run_name = in_tag_values[name_at] WHERE run_no = target.run_no;
    END IF;
  END IF;
  outcome := 'W';
END $$;
