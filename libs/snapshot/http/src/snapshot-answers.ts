import type { MadeSnapshot, SnapshotContent, SnapshotHead, SnapshotList } from "@runweir/snapshot-domain";

function headAnswer({ number, createdAt, asOf }: SnapshotHead) {
  return { number, created_at: createdAt, as_of: asOf };
}

export function listAnswer({ current, ageSeconds, building, snapshots }: SnapshotList) {
  return {
    current: current ? { ...headAnswer(current), age_seconds: ageSeconds } : null,
    building: building
      ? { started_at: building.startedAt, step: building.step, points: building.points ?? null }
      : null,
    snapshots: snapshots.map(headAnswer),
  };
}

export function madeAnswer(made: MadeSnapshot) {
  return {
    number: made.number,
    published: made.published,
    files: made.files,
    rows_written: made.rowsWritten,
    bytes_written: made.bytesWritten,
  };
}

export function contentAnswer(content: SnapshotContent) {
  return {
    ...headAnswer(content),
    schema_version: content.schemaVersion,
    tables: content.tables,
    hidden_runs: content.hiddenRuns,
  };
}
