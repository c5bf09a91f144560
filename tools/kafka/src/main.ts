/** `node tools/kafka/src/main.ts [--nodes 3] [--data FOLDER] [--port 9092]`: a local Kafka for development, until Ctrl-C. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { findMissingTool } from "./ensure-jars.ts";
import { startKafka } from "./start-kafka.ts";

const { values } = parseArgs({
  options: {
    nodes: { type: "string", default: "1" },
    data: { type: "string", default: ".runweir/kafka" },
    port: { type: "string", default: "9092" },
  },
});
const missing = await findMissingTool();
const first = Number(values.port);
if (missing) fail(missing);
else if (values.nodes !== "1" && values.nodes !== "3")
  fail(`--nodes: found "${values.nodes}", allowed are 1 and 3.`);
else if (!Number.isInteger(first) || first < 1 || first > 65_533)
  fail(`--port: found "${values.port}", allowed is a whole number from 1 to 65533.`);
else {
  const nodes = values.nodes === "3" ? 3 : 1;
  const ports = Array.from({ length: nodes }, (_, index) => first + index);
  const cluster = await startKafka({ folder: resolve(values.data), nodes, ports });
  console.log(`Kafka is ready: RUNWEIR_KAFKA_BROKERS=${cluster.addresses.join(",")}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void cluster.stop());
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
