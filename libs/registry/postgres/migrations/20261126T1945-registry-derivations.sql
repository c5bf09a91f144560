-- Which version a source or a tag `runweir.derivedFrom...` meant when it said `models:/<name>/<version>`, kept when the model that it
-- names gets another name. Where nothing is kept, the text means the model that has the name now.
CREATE TABLE registry.derivation (
  model_no bigint NOT NULL REFERENCES registry.model ON DELETE CASCADE,
  version bigint NOT NULL,
  said text COLLATE "C" NOT NULL,
  parent_no bigint NOT NULL REFERENCES registry.model ON DELETE CASCADE,
  parent_version bigint NOT NULL
);
CREATE INDEX derivation_of_child ON registry.derivation (model_no, version);
CREATE INDEX derivation_of_parent ON registry.derivation (parent_no, parent_version);
