-- Who loaded which version of a model, with what, and by which name of it; counted in memory by whoever answers clients, and
-- written down every few seconds. A row is forgotten 90 days after its last load, or when its version has 200 newer ones.
--
-- via_kind and via: the alias or stage that was asked for; both empty when it was a number, or when nobody can tell. client:
-- empty when it did not say what it is. What is empty is no NULL here, so that it can be told apart by the primary key.
CREATE TABLE registry.version_load (
  model_no bigint NOT NULL,
  version int NOT NULL,
  loader_kind text NOT NULL,
  loader_id text COLLATE "C" NOT NULL,
  loader_name text NOT NULL,
  client text COLLATE "C" NOT NULL,
  via_kind text COLLATE "C" NOT NULL CHECK (via_kind IN ('alias', 'stage', '')),
  via text COLLATE "C" NOT NULL,
  loads bigint NOT NULL CHECK (loads > 0),
  first_time bigint NOT NULL,
  last_time bigint NOT NULL CHECK (last_time >= first_time),
  PRIMARY KEY (model_no, version, loader_id, client, via_kind, via),
  FOREIGN KEY (model_no, version) REFERENCES registry.model_version ON DELETE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX version_load_of_model ON registry.version_load (model_no, last_time DESC);
CREATE INDEX version_load_by_time ON registry.version_load (last_time);
