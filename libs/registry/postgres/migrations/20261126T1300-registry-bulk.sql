-- Moves of many targets at once, in pieces: what was planned is what is done, and can be undone, also after a restart.
CREATE TABLE registry.bulk_job (
  job_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  -- As it was asked for.
  request jsonb NOT NULL,
  target_kind text NOT NULL CHECK (target_kind IN ('alias', 'stage')),
  target text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'running', 'paused', 'ended')),
  direction text NOT NULL DEFAULT 'apply' CHECK (direction IN ('apply', 'undo')),
  -- Of all its items, in their order: who applies it says which plan they mean.
  digest text NOT NULL DEFAULT '',
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  reason text,
  request_id text,
  creation_time bigint NOT NULL,
  selected int NOT NULL DEFAULT 0,
  refused int NOT NULL DEFAULT 0,
  items int NOT NULL DEFAULT 0,
  -- The last item that was dealt with, each way.
  applied_to int NOT NULL DEFAULT 0,
  undone_to int NOT NULL DEFAULT 0,
  moved int NOT NULL DEFAULT 0,
  skipped int NOT NULL DEFAULT 0,
  undone int NOT NULL DEFAULT 0,
  kept int NOT NULL DEFAULT 0
);
CREATE INDEX bulk_job_running ON registry.bulk_job (job_no) WHERE state = 'running';
CREATE INDEX bulk_job_planned ON registry.bulk_job (creation_time) WHERE state = 'planned';
CREATE INDEX bulk_job_of_workspace ON registry.bulk_job (workspace, job_no DESC);

-- Of an alias: from which version to which. Of a stage: which version, from which stage to which.
CREATE TABLE registry.bulk_item (
  job_no bigint NOT NULL REFERENCES registry.bulk_job ON DELETE CASCADE,
  item_no int NOT NULL,
  model_no bigint NOT NULL REFERENCES registry.model ON DELETE CASCADE,
  version int,
  from_version int,
  to_version int,
  from_stage text COLLATE "C",
  to_stage text COLLATE "C",
  -- It was not where the plan says, and stays.
  is_skipped boolean NOT NULL DEFAULT false,
  PRIMARY KEY (job_no, item_no)
);
CREATE INDEX bulk_item_of_model ON registry.bulk_item (model_no);
