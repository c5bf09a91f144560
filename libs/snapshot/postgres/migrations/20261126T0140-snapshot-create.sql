-- Snapshots: which there are, which files they consist of, who reads them, and what has changed since the last one. The
-- files themselves lie in the snapshot folder.
CREATE SCHEMA IF NOT EXISTS snapshot;

-- One row per published snapshot. position: how far into the log of each shard it reaches. retired_at: when it was given
-- up; nobody may begin to read it then, and its files go after a time of grace.
CREATE TABLE snapshot.snapshot (
  workspace text NOT NULL,
  seq bigint NOT NULL,
  manifest_path text NOT NULL,
  manifest_sha256 text NOT NULL,
  position jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz,
  PRIMARY KEY (workspace, seq)
);

-- CURRENT. Moved by compare-and-set, in the transaction that the snapshot was read in.
CREATE TABLE snapshot.current (
  workspace text PRIMARY KEY,
  seq bigint NOT NULL
);

-- A file is part of the snapshots first_seq to last_seq; without last_seq, of the current one too.
CREATE TABLE snapshot.file (
  workspace text NOT NULL,
  path text NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint,
  PRIMARY KEY (workspace, path)
);

-- While a lease lasts, its snapshot is not retired.
CREATE TABLE snapshot.lease (
  lease_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace text NOT NULL,
  seq bigint NOT NULL,
  holder text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX lease_of_snapshot ON snapshot.lease (workspace, seq);

-- Deleted runs: hidden from every reader, of older snapshots too. since_seq: the first snapshot without them; purged_seq:
-- the first whose files hold none of their points.
CREATE TABLE snapshot.hidden_run (
  workspace text NOT NULL,
  run_no bigint NOT NULL,
  since_seq bigint NOT NULL,
  hidden_at timestamptz NOT NULL DEFAULT now(),
  purged_seq bigint,
  PRIMARY KEY (workspace, run_no)
);

-- Who wants changes to be recorded, and until when. A warehouse that is switched off for good must not let the record grow
-- for ever: it ends by itself, and a warehouse that finds it ended reads everything anew. complete: whether everything since
-- the current snapshot has been recorded.
CREATE TABLE snapshot.recorder (
  workspace text PRIMARY KEY,
  until timestamptz NOT NULL,
  complete boolean NOT NULL
);

-- What changed since the last snapshot: appended to by the triggers below, so that writers never wait for one another,
-- and emptied by the transaction that publishes. It sees, and deletes, exactly the rows of the changes that it saw.
CREATE TABLE snapshot.change (
  change_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('experiment', 'run', 'logged_model', 'model')),
  number bigint NOT NULL
);

-- The chunks that folding and merging made since. Their ids are no order (a clock is in them), so they are written down.
CREATE TABLE snapshot.new_chunk (
  change_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shard int NOT NULL,
  run_no bigint NOT NULL,
  key_from int NOT NULL,
  key_to int NOT NULL,
  chunk_id bigint NOT NULL
);

-- One function per kind of row: those that say their workspace, and those that belong to one that does.
DO $$
DECLARE
  source record;
BEGIN
  FOR source IN SELECT * FROM (VALUES
    ('experiment', 'experiment_id', 'tracking.experiment'),
    ('run', 'run_no', 'tracking.run'),
    ('logged_model', 'model_no', 'tracking.logged_model'),
    ('model', 'model_no', 'registry.model')
  ) AS s (kind, number, owner)
  LOOP
    EXECUTE format($body$
      CREATE FUNCTION snapshot.record_%1$s() RETURNS trigger LANGUAGE plpgsql AS $function$
      BEGIN
        INSERT INTO snapshot.change (workspace, kind, number)
        SELECT DISTINCT c.workspace, %1$L, c.%2$s FROM changed c
        JOIN snapshot.recorder k ON k.workspace = c.workspace AND k.until > now();
        RETURN NULL;
      END $function$;
      CREATE FUNCTION snapshot.record_%1$s_part() RETURNS trigger LANGUAGE plpgsql AS $function$
      BEGIN
        INSERT INTO snapshot.change (workspace, kind, number)
        SELECT DISTINCT o.workspace, %1$L, o.%2$s FROM changed c JOIN %3$s o ON o.%2$s = c.%2$s
        JOIN snapshot.recorder k ON k.workspace = o.workspace AND k.until > now();
        RETURN NULL;
      END $function$;
    $body$, source.kind, source.number, source.owner);
  END LOOP;

  FOR source IN SELECT * FROM (VALUES
    ('tracking.experiment', 'experiment'), ('tracking.experiment_tag', 'experiment_part'),
    ('tracking.run', 'run'), ('tracking.run_param', 'run_part'), ('tracking.run_tag', 'run_part'),
    ('tracking.run_dataset', 'run_part'),
    ('tracking.logged_model', 'logged_model'), ('tracking.logged_model_param', 'logged_model_part'),
    ('tracking.logged_model_tag', 'logged_model_part'), ('tracking.logged_model_metric', 'logged_model_part'),
    ('registry.model', 'model'), ('registry.model_tag', 'model_part'), ('registry.model_version', 'model_part'),
    ('registry.model_version_tag', 'model_part'), ('registry.model_alias', 'model_part')
  ) AS s (place, recorder)
  LOOP
    EXECUTE format('CREATE TRIGGER snapshot_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION snapshot.record_%s()', source.place, source.recorder);
    EXECUTE format('CREATE TRIGGER snapshot_update AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION snapshot.record_%s()', source.place, source.recorder);
    EXECUTE format('CREATE TRIGGER snapshot_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION snapshot.record_%s()', source.place, source.recorder);
  END LOOP;
END $$;

CREATE FUNCTION snapshot.record_chunk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO snapshot.new_chunk (shard, run_no, key_from, key_to, chunk_id)
  SELECT c.shard, c.run_no, c.key_from, c.key_to, c.chunk_id FROM changed c
  WHERE EXISTS (SELECT FROM snapshot.recorder k WHERE k.until > now());
  RETURN NULL;
END $$;
CREATE TRIGGER snapshot_insert AFTER INSERT ON tracking.metric_chunk REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION snapshot.record_chunk();
