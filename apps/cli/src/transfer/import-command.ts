import { DomainError } from "@runweir/errors";
import { changedNothing, type ImportReport, leftSomething } from "@runweir/transfer-duckdb";
import { type Command, readWords } from "../command.ts";
import { oneLine } from "../print-table.ts";
import { importFolder } from "./import-folder.ts";
import { createProgressBar } from "./show-progress.ts";

export const importCommand: Command = {
  name: "import",
  summary: "what runweir export wrote, into this Runweir",
  usage: `runweir import FOLDER

  --json         for programs
  --data FOLDER  the data folder of a running Runweir (RUNWEIR_HOME, ./.runweir)

Every file is compared with its checksum first; nothing is taken of an export that is damaged. Experiments are found by their
name, or made; runs and logged models keep their ids. What is here already is left as it is, with the points it has: an
import that was interrupted, or is repeated, does only what is missing. The exit code is 0, 1 when it failed, and 2 when
something was refused or left out. RUNWEIR_DATABASE_URL names the database where it is not the data folder's.`,

  async run(words) {
    const { values, positionals } = readWords(words, {
      json: { type: "boolean", default: false },
      data: { type: "string" },
    });
    const [folder, ...rest] = positionals;
    if (folder === undefined || rest.length > 0)
      throw new DomainError("invalid_argument", "import: one folder is needed, see runweir import --help.");
    const bar = createProgressBar(process.stderr);
    process.once("SIGINT", () => {
      bar.say("Interrupted. What was imported stays; the same command does the rest.");
      process.exit(130);
    });
    const began = performance.now();
    try {
      const report = await importFolder(folder, values.data, bar.show);
      bar.end();
      if (values.json) console.log(JSON.stringify(report, undefined, 2));
      else console.log(describe(report, (performance.now() - began) / 1_000));
      return leftSomething(report) ? 2 : 0;
    } finally {
      bar.end();
    }
  },
};

function describe(report: ImportReport, seconds: number): string {
  const { experiments, runs, models, modelMetrics, registered, versions, aliases, artifacts } = report;
  const lines = [
    `experiments  ${experiments.made} made, ${experiments.there} were here, ${experiments.deleted} left out`,
    `runs         ${runs.made} made, ${runs.there} were here, ${runs.deleted} left out, ${runs.taken} refused`,
    `models       ${models.made} made, ${models.there} were here, ${models.deleted} left out, ${models.taken} refused`,
    `             ${modelMetrics.made} of their metrics added, ${modelMetrics.there} were here, ${modelMetrics.left} left out`,
    `registry     ${registered.made} models made, ${registered.there} were here`,
    `versions     ${versions.made} made, ${versions.there} were here, ${versions.deleted} left out, ${versions.taken} refused`,
    `aliases      ${aliases.made} made, ${aliases.there} were here, ${aliases.differs} differ, ${aliases.left} left out`,
    `points       ${report.pointsAdded} added, ${report.pointsThere} were here`,
    `artifacts    ${artifacts.made} added, ${artifacts.there} were here, ${artifacts.differs} differ, ${artifacts.left} left out`,
    ...(report.tagsAdded > 0 ? [`tags         ${report.tagsAdded} added to what was here`] : []),
    ...(report.differing > 0 ? [`compared     ${report.differing} have other values here, which stay`] : []),
    ...report.notes.map(oneLine),
    changedNothing(report)
      ? "Nothing has changed: all of it was here."
      : `Imported in ${seconds.toFixed(1)} s.`,
  ];
  return lines.join("\n");
}
