-- What every alias and stage pointed at, and which stage every version stood in, from when to when, and who moved it.
--
-- The database itself holds that a history has neither gaps nor overlaps. Of one target every time at which something ends
-- is the time at which the next begins (a foreign key, looked at when the transaction ends), no two begin or end together
-- (unique, where "has not ended" is an end too), and all end after they began: so the rows are one chain, and exactly its
-- last one has not ended. Two moves in one millisecond are written one millisecond apart.

-- One row per move, of one target or of many at once.
CREATE TABLE registry.change (
  change_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  time bigint NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  reason text,
  -- Of the request that asked for it; none where it was no request.
  request_id text
);

-- kind 'alias': the version that the alias points at. kind 'stage': the greatest version in the stage, which is the one
-- that clients load by it. NULL: none, from valid_from on.
CREATE TABLE registry.target_history (
  model_no bigint NOT NULL REFERENCES registry.model ON DELETE CASCADE,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('alias', 'stage')),
  target text COLLATE "C" NOT NULL,
  valid_from bigint NOT NULL,
  valid_to bigint,
  version int,
  previous_version int,
  change_no bigint NOT NULL REFERENCES registry.change,
  PRIMARY KEY (model_no, kind, target, valid_from),
  UNIQUE NULLS NOT DISTINCT (model_no, kind, target, valid_to),
  CHECK (valid_to > valid_from),
  CONSTRAINT target_history_goes_on FOREIGN KEY (model_no, kind, target, valid_to)
    REFERENCES registry.target_history (model_no, kind, target, valid_from) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX target_history_of_model ON registry.target_history (model_no, change_no DESC);

-- A version that was never moved has no row: it is in None since it was made.
CREATE TABLE registry.stage_history (
  model_no bigint NOT NULL,
  version int NOT NULL,
  valid_from bigint NOT NULL,
  valid_to bigint,
  -- NULL: the version is deleted.
  stage text COLLATE "C",
  previous_stage text COLLATE "C",
  change_no bigint NOT NULL REFERENCES registry.change,
  PRIMARY KEY (model_no, version, valid_from),
  UNIQUE NULLS NOT DISTINCT (model_no, version, valid_to),
  FOREIGN KEY (model_no, version) REFERENCES registry.model_version ON DELETE CASCADE,
  CHECK (valid_to > valid_from),
  CONSTRAINT stage_history_goes_on FOREIGN KEY (model_no, version, valid_to)
    REFERENCES registry.stage_history (model_no, version, valid_from) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX stage_history_of_model ON registry.stage_history (model_no, change_no DESC);

-- What existed before: history begins now, and its rows say so.
WITH begun AS (
  INSERT INTO registry.change (workspace, time, actor_id, actor_name, reason)
  SELECT workspace, floor(extract(epoch FROM now()) * 1000), 'system', 'Runweir',
    'History begins here: who moved it before, and when, was not kept.'
  FROM (SELECT DISTINCT workspace FROM registry.model WHERE deleted_time IS NULL) w
  RETURNING change_no, workspace, time
), aliases AS (
  INSERT INTO registry.target_history (model_no, kind, target, valid_from, version, change_no)
  SELECT a.model_no, 'alias', a.alias, b.time, a.version, b.change_no
  FROM registry.model_alias a JOIN registry.model m USING (model_no) JOIN begun b USING (workspace)
), stages AS (
  INSERT INTO registry.target_history (model_no, kind, target, valid_from, version, change_no)
  SELECT v.model_no, 'stage', v.stage, b.time, max(v.version), b.change_no
  FROM registry.model_version v JOIN begun b USING (workspace)
  WHERE v.deleted_time IS NULL AND v.stage <> 'None'
  GROUP BY v.model_no, v.stage, b.time, b.change_no
)
INSERT INTO registry.stage_history (model_no, version, valid_from, stage, change_no)
SELECT v.model_no, v.version, b.time, v.stage, b.change_no
FROM registry.model_version v JOIN begun b USING (workspace)
WHERE v.deleted_time IS NULL AND v.stage <> 'None';
