-- Models that a run used or made are in snapshots too.
CREATE TRIGGER snapshot_insert AFTER INSERT ON tracking.run_model REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION snapshot.record_run_part();
CREATE TRIGGER snapshot_update AFTER UPDATE ON tracking.run_model REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION snapshot.record_run_part();
CREATE TRIGGER snapshot_delete AFTER DELETE ON tracking.run_model REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION snapshot.record_run_part();
