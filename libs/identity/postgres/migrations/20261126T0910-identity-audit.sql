-- Who did what to which object, from where. One chain over the whole server: each entry's hash is over the hash before it and
-- its own canonical bytes (identity-domain, audit/hash-entry.ts). There is no retention: an entry that is taken out breaks it.
CREATE TABLE identity.audit_entry (
  sequence bigint PRIMARY KEY CHECK (sequence > 0),
  version smallint NOT NULL,
  time bigint NOT NULL,
  -- NULL: of the whole server. No reference: entries outlive workspaces.
  workspace text COLLATE "C",
  actor_kind text COLLATE "C" NOT NULL,
  actor_id text COLLATE "C" NOT NULL,
  actor_name text NOT NULL,
  action text COLLATE "C" NOT NULL,
  object_kind text COLLATE "C" NOT NULL,
  object_id text COLLATE "C" NOT NULL,
  object_name text NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  door text COLLATE "C" NOT NULL,
  address text,
  user_agent text,
  request_id text NOT NULL,
  token_id text COLLATE "C",
  previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
  hash bytea NOT NULL CHECK (length(hash) = 32)
);
-- Times never go back along the chain, so a stretch of time is a stretch of the other indexes.
CREATE INDEX audit_entry_by_time ON identity.audit_entry (time, sequence);
CREATE INDEX audit_entry_by_workspace ON identity.audit_entry (workspace, sequence);
CREATE INDEX audit_entry_by_actor ON identity.audit_entry (actor_id, sequence);
CREATE INDEX audit_entry_by_action ON identity.audit_entry (action, sequence);
CREATE INDEX audit_entry_by_object ON identity.audit_entry (object_kind, object_id, sequence);

-- What people search for words in. The characters between words are blanked, so that `fraud` finds `fraud@champion`.
CREATE FUNCTION identity.audit_words(entry identity.audit_entry) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple', translate(
    entry.actor_name || ' ' || entry.action || ' ' || entry.object_id || ' ' || entry.object_name || ' ' ||
      entry.before::text || ' ' || entry.after::text || ' ' || coalesce(entry.address, '') || ' ' || entry.request_id ||
      ' ' || coalesce(entry.token_id, ''),
    '.,;:/\@_#*+=!?"''`~^|&<>()[]{}-', repeat(' ', 40)))
$$;
CREATE INDEX audit_entry_by_words ON identity.audit_entry USING gin (identity.audit_words(audit_entry.*));

-- The end of the chain; whoever appends locks it.
CREATE TABLE identity.audit_head (
  is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one),
  sequence bigint NOT NULL,
  time bigint NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32)
) WITH (fillfactor = 50);
INSERT INTO identity.audit_head (sequence, time, hash) VALUES (0, 0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION identity.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON identity.audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_audit_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON identity.audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_audit_change();
