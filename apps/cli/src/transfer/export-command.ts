import { DomainError } from "@runweir/errors";
import { type Command, readWords } from "../command.ts";
import { exportFolder } from "./export-folder.ts";
import { createProgressBar } from "./show-progress.ts";

export const exportCommand: Command = {
  name: "export",
  summary: "everything that was logged, or some experiments, as a folder of Parquet files",
  usage: `runweir export FOLDER [--experiment NAME_OR_ID]... [--artifacts]

  --experiment NAME_OR_ID  only this experiment; may be given several times
  --artifacts              the files of runs and logged models too
  --encoding v1|v2         of Parquet: v1 is read by everything (the default), v2 is smaller
  --data FOLDER            the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

The folder stands on its own: README.md says how to read it, SCHEMA.md what is in it. Everything is of one moment, that of a
snapshot made now; what is deleted at that moment is left out. Interrupted in whatever way, the same command goes on where
it was. RUNWEIR_DATABASE_URL and RUNWEIR_URL name the database and the server where they are not the data folder's,
RUNWEIR_SNAPSHOT_FOLDER where snapshots lie.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      experiment: { type: "string", multiple: true },
      artifacts: { type: "boolean", default: false },
      encoding: { type: "string", default: "v1" },
      data: { type: "string" },
    });
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0)
      throw new DomainError("invalid_argument", "export: one folder is needed, see runweir export --help.");
    const { encoding } = values;
    if (encoding !== "v1" && encoding !== "v2")
      throw new DomainError(
        "invalid_argument",
        `--encoding: found ${JSON.stringify(encoding)}, allowed are v1 and v2.`,
      );
    const bar = createProgressBar(process.stderr);
    process.once("SIGINT", () => {
      bar.say("Interrupted. What is complete is kept; the same command goes on.");
      process.exit(130);
    });
    const began = performance.now();
    try {
      const manifest = await exportFolder(folder, {
        experiments: values.experiment ?? [],
        artifacts: values.artifacts,
        encoding,
        data: values.data,
        onProgress: bar.show,
        say: bar.say,
      });
      bar.end();
      const seconds = (performance.now() - began) / 1_000;
      const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
      const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
      console.log(
        `${folder}: ${rows} rows in ${manifest.files.length} files (${bytes} bytes)` +
          `${manifest.artifacts.included ? `, ${manifest.artifacts.files} artifacts (${manifest.artifacts.bytes} bytes)` : ""}` +
          `, as of ${manifest.asOf}, ${seconds.toFixed(1)} s.`,
      );
      for (const { owner, reason } of manifest.artifacts.left)
        console.log(`Artifacts of ${owner} were left out: ${reason}`);
      return 0;
    } finally {
      bar.end();
    }
  },
};
