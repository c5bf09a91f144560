-- Registered models and their versions. Texts that are compared or ordered use the C collation: the same answer in every
-- installation, and the order of MLflow's default database.
--
-- Whoever changes a model, its versions or its aliases holds the model's row lock, so that moves of one model happen one
-- after the other. What was deleted keeps its row, emptied: numbers are not used again, and histories can refer to it.
CREATE SCHEMA IF NOT EXISTS registry;

-- model_no is what other tables refer to; the name is what clients know and may change.
CREATE TABLE registry.model (
  model_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text,
  creator_id text NOT NULL,
  creation_time bigint NOT NULL,
  last_update_time bigint NOT NULL,
  -- The greatest number that a version of it ever had.
  last_version int NOT NULL DEFAULT 0,
  deleted_time bigint
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX model_name ON registry.model (workspace, name) WHERE deleted_time IS NULL;
CREATE INDEX model_by_update ON registry.model (workspace, last_update_time DESC, name) WHERE deleted_time IS NULL;

CREATE TABLE registry.model_tag (
  model_no bigint NOT NULL REFERENCES registry.model ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (model_no, key)
);

-- source: as its maker said it; storage_location: where the files are. run_id and logged_model_id are names in another
-- slice, and of anything a client says, so no references.
CREATE TABLE registry.model_version (
  model_no bigint NOT NULL REFERENCES registry.model ON DELETE CASCADE,
  version int NOT NULL,
  workspace text NOT NULL,
  stage text COLLATE "C" NOT NULL DEFAULT 'None',
  description text,
  creator_id text,
  creation_time bigint NOT NULL,
  last_update_time bigint NOT NULL,
  source text COLLATE "C",
  storage_location text,
  run_id text COLLATE "C",
  run_link text,
  logged_model_id text COLLATE "C",
  status text NOT NULL DEFAULT 'READY' CHECK (status IN ('PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY')),
  status_message text,
  deleted_time bigint,
  PRIMARY KEY (model_no, version),
  CHECK (deleted_time IS NOT NULL OR (source IS NOT NULL AND storage_location IS NOT NULL))
) WITH (fillfactor = 85);
-- The newest version of each stage is found by skipping from stage to stage.
CREATE INDEX model_version_of_stage ON registry.model_version (model_no, stage, version DESC) WHERE deleted_time IS NULL;
CREATE INDEX model_version_by_update ON registry.model_version (workspace, last_update_time DESC) WHERE deleted_time IS NULL;
CREATE INDEX model_version_of_run ON registry.model_version (run_id) WHERE deleted_time IS NULL;
CREATE INDEX model_version_of_logged_model ON registry.model_version (logged_model_id) WHERE deleted_time IS NULL;
CREATE INDEX model_version_of_source ON registry.model_version USING hash (source) WHERE deleted_time IS NULL;

CREATE TABLE registry.model_version_tag (
  model_no bigint NOT NULL,
  version int NOT NULL,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (model_no, version, key),
  FOREIGN KEY (model_no, version) REFERENCES registry.model_version ON DELETE CASCADE
);

CREATE TABLE registry.model_alias (
  model_no bigint NOT NULL,
  alias text COLLATE "C" NOT NULL,
  version int NOT NULL,
  PRIMARY KEY (model_no, alias),
  FOREIGN KEY (model_no, version) REFERENCES registry.model_version ON DELETE CASCADE
);
CREATE INDEX model_alias_of_version ON registry.model_alias (model_no, version);
