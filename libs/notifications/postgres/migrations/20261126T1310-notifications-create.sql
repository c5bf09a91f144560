-- What people are to be told by e-mail, and how they want it.
CREATE SCHEMA IF NOT EXISTS notifications;

-- user_id is a name in another slice; what it says of people who are gone is told to nobody.
CREATE TABLE notifications.preference (
  user_id text COLLATE "C" PRIMARY KEY,
  review_requested text NOT NULL CHECK (review_requested IN ('at_once', 'daily', 'never')),
  mentioned text NOT NULL CHECK (mentioned IN ('at_once', 'daily', 'never')),
  state_changed text NOT NULL CHECK (state_changed IN ('at_once', 'daily', 'never')),
  daily_hour int NOT NULL CHECK (daily_hour BETWEEN 0 AND 23)
);

-- Gone when it was told.
CREATE TABLE notifications.notice (
  notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  topic text NOT NULL,
  model text COLLATE "C",
  request_id bigint NOT NULL,
  line text NOT NULL,
  time bigint NOT NULL,
  is_alone boolean NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  -- When it may be told. Whoever tells it moves this on first, so that it is told again should they die over it.
  next_time bigint NOT NULL
);
CREATE INDEX notice_due ON notifications.notice (next_time);
CREATE INDEX notice_of_user ON notifications.notice (user_id, next_time);
