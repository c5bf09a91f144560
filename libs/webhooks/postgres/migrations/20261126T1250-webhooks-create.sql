-- Webhooks, and what they are told. Their secrets are not in here (identity.secret, `webhooks/<id>`).
CREATE SCHEMA IF NOT EXISTS webhooks;

CREATE TABLE webhooks.webhook (
  webhook_id text COLLATE "C" PRIMARY KEY,
  workspace text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  url text NOT NULL,
  format text NOT NULL CHECK (format IN ('mlflow', 'databricks')),
  events text[] NOT NULL,
  -- The registered model by its name, which follows when the model is renamed; of the whole workspace without.
  model text COLLATE "C",
  status text NOT NULL CHECK (status IN ('active', 'disabled', 'test', 'paused')),
  verifies_tls boolean NOT NULL,
  is_signed boolean NOT NULL,
  -- Attempts that failed since the last that did not.
  failures int NOT NULL,
  creator_id text NOT NULL,
  creator_name text NOT NULL,
  creation_time bigint NOT NULL,
  last_update_time bigint NOT NULL
);
CREATE INDEX webhook_of_workspace ON webhooks.webhook (workspace, creation_time DESC, webhook_id);

-- What is told to whom: written by whoever reads the outbox, in the transaction that moves its reader on.
CREATE TABLE webhooks.delivery (
  delivery_id text COLLATE "C" PRIMARY KEY,
  webhook_id text COLLATE "C" NOT NULL REFERENCES webhooks.webhook ON DELETE CASCADE,
  event text NOT NULL,
  body text NOT NULL,
  creation_time bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts int NOT NULL DEFAULT 0,
  -- When it may be tried. Whoever tries it moves this on first, so that it is tried again should they die over it.
  next_time bigint NOT NULL,
  last_status int,
  last_error text
) WITH (fillfactor = 70);
CREATE INDEX delivery_due ON webhooks.delivery (next_time) WHERE state = 'waiting';
CREATE INDEX delivery_of_webhook ON webhooks.delivery (webhook_id, creation_time DESC, delivery_id DESC);
CREATE INDEX delivery_by_time ON webhooks.delivery (creation_time);

CREATE TABLE webhooks.attempt (
  delivery_id text COLLATE "C" NOT NULL REFERENCES webhooks.delivery ON DELETE CASCADE,
  number int GENERATED ALWAYS AS IDENTITY,
  time bigint NOT NULL,
  duration_ms int NOT NULL,
  status int,
  error text,
  -- The beginning of the answer.
  response text,
  PRIMARY KEY (delivery_id, number)
);
