-- The certificate that all of a run is stored, as it was first issued. It holds as long as the run has as many batches and
-- points as it says.
CREATE TABLE tracking.delivery_certificate (
  run_no bigint PRIMARY KEY,
  batches bigint NOT NULL,
  points bigint NOT NULL,
  digest text NOT NULL,
  issued_at bigint NOT NULL
);
