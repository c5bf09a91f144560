-- People and how they sign in. "user", session, account and verification have the shape that the sign-in library (better-auth)
-- works with; the rest is ours.
CREATE TABLE identity."user" (
  id text COLLATE "C" PRIMARY KEY,
  -- What clients send as user name; upper and lower case are the same.
  username text COLLATE "C" NOT NULL CHECK (username <> ''),
  name text NOT NULL,
  -- In lower case; people that a client made may have none.
  email text COLLATE "C" UNIQUE CHECK (email = lower(email)),
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  is_administrator boolean NOT NULL DEFAULT false,
  is_disabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX user_by_username ON identity."user" (lower(username));

CREATE TABLE identity.session (
  id text COLLATE "C" PRIMARY KEY,
  token text COLLATE "C" NOT NULL UNIQUE,
  user_id text COLLATE "C" NOT NULL REFERENCES identity."user" ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- To the minute.
  last_used_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_by_user ON identity.session (user_id);

-- How a user proves who they are: provider 'credential' is a password (as a hash), others are identity providers.
CREATE TABLE identity.account (
  id text COLLATE "C" PRIMARY KEY,
  account_id text COLLATE "C" NOT NULL,
  provider_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL REFERENCES identity."user" ON DELETE CASCADE,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);
CREATE INDEX account_by_user ON identity.account (user_id);

CREATE TABLE identity.verification (
  id text COLLATE "C" PRIMARY KEY,
  identifier text COLLATE "C" NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verification_by_identifier ON identity.verification (identifier);

-- Of API tokens only the hash is kept (SHA-256 of 256 random bits).
CREATE TABLE identity.api_token (
  token_id text COLLATE "C" PRIMARY KEY,
  hash bytea NOT NULL UNIQUE,
  owner_kind text NOT NULL CHECK (owner_kind IN ('user', 'service-account')),
  owner_id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  access text NOT NULL CHECK (access IN ('all', 'read', 'ingest')),
  -- Only these experiments; NULL: all.
  experiment_ids text[],
  -- Only this workspace; NULL: all of the owner's.
  workspace text COLLATE "C",
  created_by text NOT NULL,
  creation_time bigint NOT NULL,
  expiry_time bigint,
  -- To the minute.
  last_used_time bigint
);
CREATE INDEX api_token_by_owner ON identity.api_token (owner_kind, owner_id, creation_time);

-- What a link that works once is good for; the link itself is not kept, only its hash.
CREATE TABLE identity.one_time_link (
  link_id text COLLATE "C" PRIMARY KEY,
  hash bytea NOT NULL UNIQUE,
  purpose text NOT NULL CHECK (purpose IN ('first-administrator', 'invitation', 'password-reset')),
  -- Whose password is set, for resets.
  user_id text COLLATE "C" REFERENCES identity."user" ON DELETE CASCADE,
  -- What an invitation gives.
  email text COLLATE "C",
  is_administrator boolean NOT NULL DEFAULT false,
  workspace text COLLATE "C",
  role text CHECK (role IN ('guest', 'viewer', 'member', 'editor', 'admin')),
  created_by text NOT NULL,
  creation_time bigint NOT NULL,
  expiry_time bigint NOT NULL
);
CREATE INDEX one_time_link_by_purpose ON identity.one_time_link (purpose, creation_time);

-- How often something was tried in a window of time, for all processes together; nothing that must survive a crash.
CREATE UNLOGGED TABLE identity.attempt (
  key text COLLATE "C" PRIMARY KEY,
  window_end bigint NOT NULL,
  count integer NOT NULL
) WITH (fillfactor = 50);

-- Noting when something was last used is no change.
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON identity."user"
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
CREATE TRIGGER counted AFTER UPDATE OF token, user_id, expires_at OR DELETE OR TRUNCATE ON identity.session
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE OF password OR DELETE OR TRUNCATE ON identity.account
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
CREATE TRIGGER counted
  AFTER INSERT OR UPDATE OF hash, owner_kind, owner_id, access, experiment_ids, workspace, expiry_time OR DELETE OR TRUNCATE
  ON identity.api_token
  FOR EACH STATEMENT EXECUTE FUNCTION identity.count_change();
