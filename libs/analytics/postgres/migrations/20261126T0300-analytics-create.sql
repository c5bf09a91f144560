-- Queries that people keep, what they asked, and the keys that links to files are signed with. Owners are principals, by kind
-- and id. Texts that are compared or ordered use the C collation: the same answer in every installation.
CREATE SCHEMA IF NOT EXISTS analytics;

-- version: grows with every change; who changes a query names the version that they have seen.
CREATE TABLE analytics.saved_query (
  query_id text COLLATE "C" PRIMARY KEY,
  workspace text NOT NULL,
  owner_kind text NOT NULL,
  owner_id text NOT NULL,
  owner_name text NOT NULL,
  name text COLLATE "C" NOT NULL,
  description text NOT NULL,
  sql text NOT NULL,
  parameters jsonb NOT NULL,
  is_shared boolean NOT NULL,
  version int NOT NULL,
  creation_time bigint NOT NULL,
  last_update_time bigint NOT NULL,
  last_update_by text NOT NULL
);
CREATE UNIQUE INDEX saved_query_name ON analytics.saved_query (workspace, owner_kind, owner_id, name);
CREATE INDEX saved_query_shared ON analytics.saved_query (workspace, last_update_time DESC) WHERE is_shared;

-- Of the token only the hash is kept: who reads this table opens nothing by it.
CREATE TABLE analytics.saved_query_link (
  link_id text COLLATE "C" PRIMARY KEY,
  query_id text COLLATE "C" NOT NULL REFERENCES analytics.saved_query ON DELETE CASCADE,
  workspace text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  creation_time bigint NOT NULL,
  expiry_time bigint
);
CREATE INDEX saved_query_link_of_query ON analytics.saved_query_link (query_id);

CREATE TABLE analytics.query_history (
  entry_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  owner_kind text NOT NULL,
  owner_id text NOT NULL,
  start_time bigint NOT NULL,
  milliseconds bigint NOT NULL,
  sql text NOT NULL,
  params jsonb NOT NULL,
  snapshot bigint,
  outcome jsonb NOT NULL
);
CREATE INDEX query_history_of_owner ON analytics.query_history (workspace, owner_kind, owner_id, entry_no DESC);

-- One row. Every service that signs or checks a link reads the same key; deleting the row ends all links.
CREATE TABLE analytics.link_key (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  key bytea NOT NULL
);
