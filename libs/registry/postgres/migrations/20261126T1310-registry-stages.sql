-- Stages besides None, Staging, Production and Archived: of a whole workspace, or of one model.
CREATE TABLE registry.stage (
  stage_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  model_no bigint REFERENCES registry.model ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  -- The level on a model that moving a version into the stage or out of it takes.
  level text NOT NULL CHECK (level IN ('edit', 'staging', 'production', 'manage'))
);
-- Clients write stages in any case.
CREATE UNIQUE INDEX stage_name ON registry.stage (workspace, model_no, lower(name)) NULLS NOT DISTINCT;

-- Which versions were derived from one: tags `runweir.derivedFrom...` say `models:/<name>/<version>`. By hash, since values may be
-- longer than what fits into other indexes.
CREATE INDEX model_version_tag_derived ON registry.model_version_tag USING hash (value)
  WHERE key LIKE 'runweir.derivedFrom%';
