-- A comment whose answer was lost on its way is sent again: the second one is the first.
ALTER TABLE review.comment ADD COLUMN idempotency_key text COLLATE "C";
CREATE UNIQUE INDEX comment_by_key ON review.comment (request_id, (author->>'kind'), (author->>'id'), idempotency_key)
  WHERE idempotency_key IS NOT NULL;
