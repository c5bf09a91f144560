-- A log that was emptied gives its offsets out once more: another record at the same place is another dead letter.
ALTER TABLE tracking.dead_letter DROP CONSTRAINT dead_letter_source_partition_log_offset_key;
CREATE UNIQUE INDEX dead_letter_record ON tracking.dead_letter (source, partition, log_offset, md5(body));
