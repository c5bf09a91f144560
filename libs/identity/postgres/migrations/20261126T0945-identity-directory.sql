-- Lists of 100,000 grants, the newest first, and names as people look for them.
DROP INDEX identity.access_grant_by_workspace;
CREATE INDEX access_grant_by_time ON identity.access_grant (workspace, creation_time DESC, grant_id DESC);
CREATE INDEX access_grant_by_pattern ON identity.access_grant (workspace, target_kind, pattern) WHERE pattern IS NOT NULL;
-- One per holder and target: to change what is said, it is changed.
CREATE UNIQUE INDEX access_grant_once ON identity.access_grant
  (workspace, holder_kind, holder_id, target_kind, coalesce(experiment_id, ''), coalesce(pattern, ''));
-- Few among many: looked for on every change that could take the last one.
CREATE INDEX workspace_member_admins ON identity.workspace_member (workspace) WHERE role = 'admin';
