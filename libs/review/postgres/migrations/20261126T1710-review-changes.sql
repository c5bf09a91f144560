-- What happens to a request is announced to every listening process when its transaction commits, whoever writes it: pages that
-- show the request ask again. Postgres merges equal notifications of one transaction.
CREATE FUNCTION review.announce(workspace text, request_id bigint, model text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_notify('runweir_review',
    json_strip_nulls(json_build_object('workspace', workspace, 'requestId', request_id, 'model', model))::text)
$$;

CREATE FUNCTION review.announce_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM review.announce(NEW.workspace, NEW.request_id, NEW.model);
  RETURN NULL;
END $$;

CREATE FUNCTION review.announce_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM review.announce(r.workspace, r.request_id, r.model) FROM review.request r WHERE r.request_id = NEW.request_id;
  RETURN NULL;
END $$;

CREATE FUNCTION review.announce_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM review.announce(NEW.workspace, NULL, NULL);
  RETURN NULL;
END $$;

CREATE TRIGGER announce AFTER INSERT OR UPDATE ON review.request
  FOR EACH ROW EXECUTE FUNCTION review.announce_request();
CREATE TRIGGER announce AFTER INSERT OR UPDATE ON review.comment
  FOR EACH ROW EXECUTE FUNCTION review.announce_part();
CREATE TRIGGER announce AFTER INSERT OR UPDATE ON review.check_run
  FOR EACH ROW EXECUTE FUNCTION review.announce_part();
CREATE TRIGGER announce AFTER INSERT ON review.verdict
  FOR EACH ROW EXECUTE FUNCTION review.announce_part();
CREATE TRIGGER announce AFTER INSERT ON review.event
  FOR EACH ROW EXECUTE FUNCTION review.announce_part();
CREATE TRIGGER announce AFTER INSERT ON review.policy
  FOR EACH ROW EXECUTE FUNCTION review.announce_policy();
