/**
 * Postgres for one machine that also trains: durable, but small. Given on every start, so that an update of Runweir
 * updates them.
 */
const settings = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  shared_buffers: "256MB",
  work_mem: "16MB",
  maintenance_work_mem: "64MB",
  effective_cache_size: "2GB",
  random_page_cost: "1.1",
  max_connections: "60",
  wal_buffers: "8MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "10min",
  // Workers that only read ahead are processes of their own; a machine's page cache serves one installation.
  io_method: "sync",
  max_logical_replication_workers: "0",
  wal_level: "minimal",
  max_wal_senders: "0",
  // Statements here are short; compiling them costs more than it brings.
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_min_messages: "warning",
} as const;

export const clusterFlags: readonly string[] = Object.entries(settings).flatMap(([name, value]) => [
  "-c",
  `${name}=${value}`,
]);
