import type { ExportManifest } from "./export-manifest.ts";

/** What lies beside the files, for whoever is given the folder. */
export function printReadme(manifest: ExportManifest): string {
  const { experiments, artifacts } = manifest;
  return `# An export of Runweir

${experiments === "all" ? "Everything" : `Experiments ${experiments.join(", ")}`} of workspace \`${manifest.workspace}\` as of ${manifest.asOf}. \
Parquet files (${manifest.encoding} encodings, zstd), a folder per table, sorted as [SCHEMA.md](SCHEMA.md) says, which describes
every column. [manifest.json](manifest.json) lists the files with their rows, sizes and SHA-256.

| table | rows |
| --- | --- |
${Object.entries(manifest.rows)
  .map(([table, rows]) => `| ${table} | ${rows} |`)
  .join("\n")}

What was deleted at that moment is not in it: runs, experiments and models in the trash are left out, and so are runs of an
experiment in the trash. Registered models are in it when everything is exported.
${
  artifacts.included
    ? `
${artifacts.files} artifacts (${artifacts.bytes} bytes) are in \`artifacts/runs/<run id>/\` and \`artifacts/models/<model id>/\`, as they were
when they were copied; \`artifact_files\` lists them with their SHA-256. Left out: ${
        artifacts.left.length === 0
          ? "none"
          : artifacts.left.map(({ owner, reason }) => `${owner} (${reason})`).join("; ")
      }.
`
    : "\nArtifacts are not in it; `artifact_uri` says where they lie.\n"
}
## Reading it

\`\`\`python
import pandas as pd                                                     # with pyarrow
pd.read_parquet("metric_summary")
\`\`\`

\`\`\`python
import polars as pl
pl.scan_parquet("metric_points/*.parquet").filter(pl.col("key") == "loss").collect()
\`\`\`

\`\`\`sql
-- DuckDB
select r.run_name, s.last from 'metric_summary/*.parquet' s join 'runs/*.parquet' r using (run_no) where s.key = 'loss';
\`\`\`

\`\`\`python
spark.read.parquet("runs").join(spark.read.parquet("params"), "run_no")  # Spark
\`\`\`

\`\`\`sql
-- ClickHouse
select key, avg(value) from file('metric_points/*.parquet', Parquet) group by key;
\`\`\`

NaN and infinities are kept in \`value\`; \`is_finite\` leaves them out. Points are a set: the order of equal times is by value.

\`runweir import FOLDER\` puts all of it into another Runweir, run ids and all.
`;
}
