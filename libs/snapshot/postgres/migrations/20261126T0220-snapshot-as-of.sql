-- Until when a snapshot is known to be all that the database held: later than its making when nothing has changed since.
ALTER TABLE snapshot.snapshot ADD COLUMN as_of timestamptz;
UPDATE snapshot.snapshot SET as_of = published_at;
ALTER TABLE snapshot.snapshot ALTER COLUMN as_of SET DEFAULT now(), ALTER COLUMN as_of SET NOT NULL;
