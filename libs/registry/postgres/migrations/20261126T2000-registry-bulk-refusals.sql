-- Of the models that a plan leaves out: the first of them, and why.
ALTER TABLE registry.bulk_job ADD COLUMN refusals jsonb NOT NULL DEFAULT '[]';
