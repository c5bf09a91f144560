-- Workspaces, who belongs to them and what they may do there. Users themselves are in the tables of the sign-in library
-- (schema identity too); here they are a kind and an id, since service accounts and groups are named in the same places.
CREATE SCHEMA IF NOT EXISTS identity;

CREATE TABLE identity.workspace (
  name text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  description text NOT NULL DEFAULT '',
  -- Where artifacts of new experiments go, if not to the server's place.
  artifact_root text,
  -- The role of everybody who can sign in and is no member; NULL: they do not belong to it.
  default_role text CHECK (default_role IN ('guest', 'viewer', 'member', 'editor', 'admin')),
  -- Patterns of aliases (model@alias) that an edit of the model is not enough to move.
  protected_aliases text[] NOT NULL DEFAULT '{}',
  creation_time bigint NOT NULL,
  deleted_time bigint
);
INSERT INTO identity.workspace (name, description, creation_time)
  VALUES ('default', 'What was here before there were workspaces.', (extract(epoch FROM now()) * 1000)::bigint);

CREATE TABLE identity.service_account (
  account_id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  description text NOT NULL DEFAULT '',
  is_disabled boolean NOT NULL DEFAULT false,
  created_by text NOT NULL,
  creation_time bigint NOT NULL
);

CREATE TABLE identity.user_group (
  group_id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  description text NOT NULL DEFAULT '',
  creation_time bigint NOT NULL
);

CREATE TABLE identity.group_member (
  group_id text COLLATE "C" NOT NULL REFERENCES identity.user_group ON DELETE CASCADE,
  member_kind text NOT NULL CHECK (member_kind IN ('user', 'service-account')),
  member_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (group_id, member_kind, member_id)
);
CREATE INDEX group_member_by_member ON identity.group_member (member_kind, member_id);

CREATE TABLE identity.workspace_member (
  workspace text COLLATE "C" NOT NULL REFERENCES identity.workspace ON DELETE CASCADE,
  member_kind text NOT NULL CHECK (member_kind IN ('user', 'service-account', 'group')),
  member_id text COLLATE "C" NOT NULL,
  role text NOT NULL CHECK (role IN ('guest', 'viewer', 'member', 'editor', 'admin')),
  creation_time bigint NOT NULL,
  PRIMARY KEY (workspace, member_kind, member_id)
);
CREATE INDEX workspace_member_by_member ON identity.workspace_member (member_kind, member_id);

-- A level allowed, or denied from that level on, on one experiment or on all objects whose names match.
CREATE TABLE identity.access_grant (
  grant_id text COLLATE "C" PRIMARY KEY,
  workspace text COLLATE "C" NOT NULL REFERENCES identity.workspace ON DELETE CASCADE,
  effect text NOT NULL CHECK (effect IN ('allow', 'deny')),
  level text NOT NULL CHECK (level IN ('read', 'edit', 'staging', 'production', 'manage')),
  target_kind text NOT NULL CHECK (target_kind IN ('experiment', 'model', 'alias')),
  experiment_id text COLLATE "C",
  pattern text COLLATE "C",
  holder_kind text NOT NULL CHECK (holder_kind IN ('user', 'service-account', 'group', 'everyone')),
  -- Empty for everyone.
  holder_id text COLLATE "C" NOT NULL,
  -- Given with the object itself (its maker manages it), not by an administrator.
  is_own boolean NOT NULL DEFAULT false,
  created_by text NOT NULL,
  creation_time bigint NOT NULL,
  CHECK ((experiment_id IS NULL) <> (pattern IS NULL)),
  CHECK (experiment_id IS NULL OR target_kind = 'experiment')
);
CREATE INDEX access_grant_by_holder ON identity.access_grant (holder_kind, holder_id, workspace);
CREATE INDEX access_grant_by_experiment ON identity.access_grant (experiment_id) WHERE experiment_id IS NOT NULL;
CREATE INDEX access_grant_by_workspace ON identity.access_grant (workspace, target_kind, creation_time);

-- Counts every change of what processes keep in memory about callers. They look at it instead of at everything.
CREATE TABLE identity.revision (is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one), number bigint NOT NULL) WITH (fillfactor = 50);
INSERT INTO identity.revision (number) VALUES (1);

CREATE FUNCTION identity.count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE identity.revision SET number = number + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON identity.workspace
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON identity.service_account
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON identity.user_group
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON identity.group_member
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON identity.workspace_member
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON identity.access_grant
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
