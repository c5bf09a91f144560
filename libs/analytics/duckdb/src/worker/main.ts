/**
 * The process that runs statements of strangers, one at a time. It holds no secret: its environment is empty, it reads
 * the files of a snapshot and writes into one folder of its own. Whoever started it ends it.
 */
import module from "node:module";

const compiled = process.argv[3];
// To read its own sources is a third of what it takes to start; the next one finds them read.
if (compiled !== undefined) module.enableCompileCache(compiled);

await import("./serve-statements.ts");
