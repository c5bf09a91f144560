-- Lists of models say how many versions each has, without counting them.
ALTER TABLE registry.model ADD COLUMN version_count int NOT NULL DEFAULT 0;
UPDATE registry.model m SET version_count = v.versions
FROM (
  SELECT model_no, count(*) AS versions FROM registry.model_version WHERE deleted_time IS NULL GROUP BY model_no
) v
WHERE v.model_no = m.model_no;
