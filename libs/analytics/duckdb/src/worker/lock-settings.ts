import type { DuckDBConnection } from "@duckdb/node-api";

export interface Settings {
  readonly threads: number;
  readonly memoryMegabytes: number;
  /** The only files that may be read. */
  readonly files: readonly string[];
  /** Where what does not fit into memory goes; without it nothing may. DuckDB allows itself this folder. */
  readonly spill?: { readonly folder: string; readonly megabytes: number };
}

/**
 * Settings that no statement can change any more. The order matters: paths are named before the door is closed, and the
 * lock comes last. None of this holds alone (see the gate and the limits of the process); each holds when another fails.
 */
export async function lockSettings(connection: DuckDBConnection, settings: Settings): Promise<void> {
  const { spill } = settings;
  const list = [
    "TimeZone = 'UTC'",
    "errors_as_json = true",
    "enable_progress_bar = true",
    "enable_progress_bar_print = false",
    `threads = ${settings.threads}`,
    // Of what the lock holds, this alone is changed later: by us, before each statement. Only SET and PRAGMA could, which
    // are no SELECT, and there is no function that does; a second database for few threads would take as much memory again.
    "allowed_configs = ['threads']",
    // Files of snapshots never change, and no name of a file is used twice.
    "parquet_metadata_cache = true",
    "validate_external_file_cache = 'NO_VALIDATION'",
    `memory_limit = '${settings.memoryMegabytes}MB'`,
    // A result is handed out when this much of it is there, or its end; DuckDB is no slower for handing out each chunk.
    "streaming_buffer_size = '1KB'",
    `temp_directory = ${quote(spill?.folder ?? "")}`,
    ...(spill ? [`max_temp_directory_size = '${spill.megabytes}MB'`] : []),
    `allowed_paths = [${settings.files.map(quote).join(", ")}]`,
    "enable_external_access = false",
    "autoload_known_extensions = false",
    "autoinstall_known_extensions = false",
    "allow_community_extensions = false",
    "allow_persistent_secrets = false",
    "lock_configuration = true",
  ];
  for (const setting of list) await connection.run(`SET ${setting}`);
}

export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
