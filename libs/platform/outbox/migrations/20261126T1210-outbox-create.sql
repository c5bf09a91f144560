-- What others must hear of, written in the transaction of the change itself.
--
-- Transactions commit in another order than they write, so an event gets its place in the line only when it is visible to
-- all: whoever reads puts the new ones at its end, one reader at a time. Ids would not do (a smaller one may appear after a
-- greater one was read), nor would transaction ids (they begin anew in a restored database, one long transaction anywhere
-- on the server holds all events up, and who waited for a row's lock may have the smaller one).
CREATE SCHEMA IF NOT EXISTS outbox;

CREATE TABLE outbox.event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Empty until somebody reads.
  place bigint,
  workspace text NOT NULL,
  -- Milliseconds.
  time bigint NOT NULL,
  kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  -- The registered model it is about, if it is about one.
  model text COLLATE "C",
  subject jsonb NOT NULL,
  before jsonb,
  after jsonb
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX event_place ON outbox.event (place) WHERE place IS NOT NULL;
CREATE INDEX event_without_place ON outbox.event (id) WHERE place IS NULL;

-- One row: the end of the line. Whoever places events holds it, so places are committed in their order.
CREATE TABLE outbox.line (last_place bigint NOT NULL);
CREATE UNIQUE INDEX line_is_one ON outbox.line ((true));
INSERT INTO outbox.line VALUES (0);

-- How far each reader has come. Who reads holds its row.
CREATE TABLE outbox.reader (
  name text COLLATE "C" PRIMARY KEY,
  place bigint NOT NULL
);

CREATE FUNCTION outbox.announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('runweir_outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER event_is_announced AFTER INSERT ON outbox.event
  FOR EACH STATEMENT EXECUTE FUNCTION outbox.announce();
