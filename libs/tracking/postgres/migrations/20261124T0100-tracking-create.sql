-- Experiments, runs and logged models. Texts that are compared or ordered use the C collation: the same answer in every
-- installation, and the order of MLflow's default database.
CREATE SCHEMA IF NOT EXISTS tracking;

-- 0 is the experiment named Default; ids that a person sees begin at 1.
CREATE SEQUENCE tracking.experiment_id;

CREATE TABLE tracking.experiment (
  experiment_id bigint PRIMARY KEY,
  workspace text NOT NULL,
  name text COLLATE "C" NOT NULL,
  artifact_location text NOT NULL,
  lifecycle_stage text NOT NULL CHECK (lifecycle_stage IN ('active', 'deleted')),
  creation_time bigint NOT NULL,
  last_update_time bigint NOT NULL,
  UNIQUE (workspace, name)
);

CREATE TABLE tracking.experiment_tag (
  experiment_id bigint NOT NULL REFERENCES tracking.experiment ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (experiment_id, key)
);

-- run_no is what other tables refer to; run_id is what clients know.
CREATE TABLE tracking.run (
  run_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id text COLLATE "C" NOT NULL UNIQUE,
  workspace text NOT NULL,
  experiment_id bigint NOT NULL REFERENCES tracking.experiment,
  run_name text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  start_time bigint NOT NULL,
  end_time bigint,
  artifact_uri text COLLATE "C" NOT NULL,
  lifecycle_stage text COLLATE "C" NOT NULL CHECK (lifecycle_stage IN ('active', 'deleted')),
  deleted_time bigint
) WITH (fillfactor = 85);
CREATE INDEX run_of_experiment ON tracking.run (experiment_id, start_time DESC, run_id);

CREATE TABLE tracking.run_param (
  run_no bigint NOT NULL REFERENCES tracking.run ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (run_no, key)
);

CREATE TABLE tracking.run_tag (
  run_no bigint NOT NULL REFERENCES tracking.run ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (run_no, key)
) WITH (fillfactor = 90);

CREATE TABLE tracking.dataset (
  dataset_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  experiment_id bigint NOT NULL REFERENCES tracking.experiment ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  source_type text NOT NULL,
  source text NOT NULL,
  schema text,
  profile text,
  UNIQUE (experiment_id, name, digest)
);

-- tags: an object of the input's tags; context: the one of them that searches ask for (mlflow.data.context).
CREATE TABLE tracking.run_dataset (
  run_no bigint NOT NULL REFERENCES tracking.run ON DELETE CASCADE,
  dataset_no bigint NOT NULL REFERENCES tracking.dataset ON DELETE CASCADE,
  tags jsonb NOT NULL,
  context text COLLATE "C" GENERATED ALWAYS AS (tags ->> 'mlflow.data.context') STORED,
  PRIMARY KEY (run_no, dataset_no)
);
CREATE INDEX run_dataset_of_dataset ON tracking.run_dataset (dataset_no);

CREATE TABLE tracking.logged_model (
  model_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  model_id text COLLATE "C" NOT NULL UNIQUE,
  workspace text NOT NULL,
  experiment_id bigint NOT NULL REFERENCES tracking.experiment,
  name text COLLATE "C" NOT NULL,
  artifact_uri text NOT NULL,
  creation_time bigint NOT NULL,
  last_update_time bigint NOT NULL,
  status text COLLATE "C" NOT NULL,
  status_message text,
  model_type text COLLATE "C",
  source_run_id text COLLATE "C",
  creator_id text,
  lifecycle_stage text NOT NULL DEFAULT 'active' CHECK (lifecycle_stage IN ('active', 'deleted'))
);
CREATE INDEX logged_model_of_experiment ON tracking.logged_model (experiment_id, creation_time DESC);

CREATE TABLE tracking.logged_model_param (
  model_no bigint NOT NULL REFERENCES tracking.logged_model ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (model_no, key)
);

CREATE TABLE tracking.logged_model_tag (
  model_no bigint NOT NULL REFERENCES tracking.logged_model ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (model_no, key)
);

-- The latest value of a metric that a run logged about a model, per dataset; '' stands for no dataset.
CREATE TABLE tracking.logged_model_metric (
  model_no bigint NOT NULL REFERENCES tracking.logged_model ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  run_no bigint NOT NULL REFERENCES tracking.run ON DELETE CASCADE,
  dataset_name text COLLATE "C" NOT NULL,
  dataset_digest text COLLATE "C" NOT NULL,
  value float8 NOT NULL,
  timestamp bigint NOT NULL,
  step bigint NOT NULL,
  PRIMARY KEY (model_no, key, run_no, dataset_name, dataset_digest)
);
CREATE INDEX logged_model_metric_of_run ON tracking.logged_model_metric (run_no);

-- Models a run used (input) or made (output). Models may be forgotten before runs are, so no reference.
CREATE TABLE tracking.run_model (
  run_no bigint NOT NULL REFERENCES tracking.run ON DELETE CASCADE,
  direction text NOT NULL CHECK (direction IN ('input', 'output')),
  model_id text COLLATE "C" NOT NULL,
  step bigint NOT NULL,
  PRIMARY KEY (run_no, direction, model_id, step)
);

-- Writes params, then tags, of an active run, in one round trip.
--
-- outcome: W written, N no such run, D run deleted, C a param is there with another value (nothing is written then, and
-- conflicts lists [key, stored value, new value]). A param that is there with the same value is left as it is.
CREATE FUNCTION tracking.write_params_and_tags(
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
