-- Recording a change costs every writer, so it does no more than write it down: whose the parts of an entity are
-- (params, tags, versions) is looked up by the one who builds, in one go; workspace is null with them. gone: the run was
-- deleted, which readers ask for all the time.
ALTER TABLE snapshot.change
  DROP CONSTRAINT change_pkey,
  DROP COLUMN change_no,
  ALTER COLUMN workspace DROP NOT NULL,
  ADD COLUMN gone boolean NOT NULL DEFAULT false;
CREATE INDEX change_gone ON snapshot.change (workspace) WHERE gone;

DO $$
DECLARE
  source record;
BEGIN
  FOR source IN SELECT * FROM (VALUES
    ('experiment', 'experiment_id', 'false'),
    ('run', 'run_no', 'TG_OP = ''DELETE'' OR c.lifecycle_stage <> ''active'''),
    ('logged_model', 'model_no', 'false'),
    ('model', 'model_no', 'false')
  ) AS s (kind, number, gone)
  LOOP
    EXECUTE format($body$
      CREATE OR REPLACE FUNCTION snapshot.record_%1$s() RETURNS trigger LANGUAGE plpgsql AS $function$
      BEGIN
        INSERT INTO snapshot.change (workspace, kind, number, gone)
        SELECT c.workspace, %1$L, c.%2$s, %3$s FROM changed c
        WHERE EXISTS (SELECT FROM snapshot.recorder k WHERE k.until > now());
        RETURN NULL;
      END $function$;
      CREATE OR REPLACE FUNCTION snapshot.record_%1$s_part() RETURNS trigger LANGUAGE plpgsql AS $function$
      BEGIN
        INSERT INTO snapshot.change (kind, number)
        SELECT DISTINCT %1$L, c.%2$s FROM changed c
        WHERE EXISTS (SELECT FROM snapshot.recorder k WHERE k.until > now());
        RETURN NULL;
      END $function$;
    $body$, source.kind, source.number, source.gone);
  END LOOP;
END $$;
