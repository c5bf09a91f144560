-- Model pull requests. What happens to one request happens one after the other: whoever changes it holds its row's lock.
-- People are kept as they were called when they did it.
CREATE SCHEMA IF NOT EXISTS review;

CREATE TABLE review.request (
  request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  -- Of moves; null for requests about policies.
  model text COLLATE "C",
  -- [{target: {kind, alias | stage}, from, to}]
  moves jsonb,
  document text,
  base_revision int,
  title text NOT NULL,
  body text NOT NULL,
  author_kind text NOT NULL,
  author_id text NOT NULL,
  author_name text NOT NULL,
  candidate_by jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'open', 'approved', 'queued', 'rolling_out', 'applied', 'rejected',
    'closed', 'rolled_back')),
  head_digest text NOT NULL,
  policy_name text NOT NULL,
  policy_revision int NOT NULL,
  owners jsonb NOT NULL,
  revert_of bigint REFERENCES review.request,
  preapproved_until bigint,
  creation_time bigint NOT NULL,
  last_update_time bigint NOT NULL,
  end_time bigint,
  applied_by jsonb,
  CHECK ((model IS NULL) = (moves IS NULL) AND (model IS NULL) = (document IS NOT NULL))
);
CREATE INDEX request_by_number ON review.request (workspace, request_id DESC);
CREATE INDEX request_of_model ON review.request (workspace, model, request_id DESC);
CREATE INDEX request_of_author ON review.request (workspace, author_id, request_id DESC);
CREATE INDEX request_pending ON review.request (workspace, request_id DESC)
  WHERE state IN ('draft', 'open', 'approved', 'queued', 'rolling_out');

-- Whom a request asks, in their order.
CREATE TABLE review.reviewer (
  request_id bigint NOT NULL REFERENCES review.request ON DELETE CASCADE,
  place int NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (request_id, place)
);
CREATE INDEX reviewer_by_id ON review.reviewer (kind, id, request_id DESC);

CREATE TABLE review.verdict (
  verdict_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_id bigint NOT NULL REFERENCES review.request ON DELETE CASCADE,
  reviewer jsonb NOT NULL,
  kind text NOT NULL CHECK (kind IN ('approve', 'request_changes')),
  body text NOT NULL,
  head_digest text NOT NULL,
  groups jsonb NOT NULL,
  role text,
  time bigint NOT NULL
);
CREATE INDEX verdict_of_request ON review.verdict (request_id, verdict_id);

-- A thread has the number of its first comment.
CREATE TABLE review.comment (
  comment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_id bigint NOT NULL REFERENCES review.request ON DELETE CASCADE,
  thread_id bigint,
  anchor text,
  author jsonb NOT NULL,
  body text NOT NULL,
  creation_time bigint NOT NULL,
  edit_time bigint,
  is_deleted boolean NOT NULL DEFAULT false,
  -- Of a thread's first comment.
  resolved_by jsonb,
  resolved_time bigint
);
CREATE INDEX comment_of_request ON review.comment (request_id, comment_id);

CREATE TABLE review.check_run (
  request_id bigint NOT NULL REFERENCES review.request ON DELETE CASCADE,
  name text COLLATE "C" NOT NULL,
  run jsonb NOT NULL,
  PRIMARY KEY (request_id, name)
);

CREATE TABLE review.event (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_id bigint NOT NULL REFERENCES review.request ON DELETE CASCADE,
  kind text NOT NULL,
  actor jsonb NOT NULL,
  time bigint NOT NULL,
  detail jsonb NOT NULL
);
CREATE INDEX event_of_request ON review.event (request_id, event_id);

CREATE TABLE review.policy (
  workspace text NOT NULL,
  revision int NOT NULL,
  document text NOT NULL,
  author jsonb NOT NULL,
  time bigint NOT NULL,
  request_id bigint REFERENCES review.request,
  PRIMARY KEY (workspace, revision)
);

-- Tokens that report one check each; only their hashes are kept.
CREATE TABLE review.check_token (
  token_id text PRIMARY KEY,
  workspace text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  check_name text COLLATE "C" NOT NULL,
  model text COLLATE "C" NOT NULL,
  created_by text NOT NULL,
  creation_time bigint NOT NULL,
  revoked_time bigint
);
CREATE INDEX check_token_of_workspace ON review.check_token (workspace, creation_time DESC);

CREATE TABLE review.mention (
  request_id bigint NOT NULL REFERENCES review.request ON DELETE CASCADE,
  kind text NOT NULL,
  id text NOT NULL,
  comment_id bigint,
  mentioned_by jsonb NOT NULL,
  time bigint NOT NULL
);
CREATE INDEX mention_of_person ON review.mention (kind, id, time DESC);

-- Up to when somebody has seen what is said of a request; request 0 stands for all.
CREATE TABLE review.read_mark (
  workspace text NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  request_id bigint NOT NULL,
  time bigint NOT NULL,
  PRIMARY KEY (workspace, kind, id, request_id)
);
