-- Searches ask for runs whose param or tag has one value. Values may be longer than an index entry may be, so that their
-- beginnings are indexed; statements compare both.
CREATE INDEX run_param_value ON tracking.run_param (key, left(value, 100), run_no);
CREATE INDEX run_tag_value ON tracking.run_tag (key, left(value, 100), run_no);
