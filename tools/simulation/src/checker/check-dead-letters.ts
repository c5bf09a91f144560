import type { World } from "../world/world.ts";
import { namesInSegment } from "./truth.ts";

/** One dead letter for every record that cannot be applied, and for no other. */
export function checkDeadLetters({ log, store, checker }: World, stored: ReadonlySet<string>): void {
  for (const { number, history } of log.partitions()) {
    const letters = [...store.state.deadLetters.values()].filter((letter) => letter.partition === number);
    for (const record of history) {
      const own = letters.filter((one) => isRecord(one, record));
      const what = `record ${record.offset} of partition ${number}`;
      if (record.poison && !record.lost && own.length !== 1)
        checker.violate("R", `${what} (${record.poison}) has ${own.length} dead letters`);
      if (record.gone !== "dropped" || !record.lost || own.length > 0) continue;
      const isMissing = namesInSegment(record.body).some((name) => !stored.has(name));
      if (isMissing && !letters.some((one) => one.reason === "lost" && one.offset <= record.offset))
        checker.violate("L", `${what} was dropped by the log, and nothing says so`);
    }
    for (const { offset, reason, explanation, body } of letters) {
      if (reason === "lost") continue;
      const record = history.find((one) => isRecord(one, { offset, body }));
      if (record?.poison !== reason)
        checker.violate(
          "R",
          `record ${offset} of partition ${number} was set aside: ${reason}, ${explanation}`,
        );
    }
  }
}

/** An equal record that came to the same place after the log was emptied is the same record. */
export function isRecord(letter: Place, record: Place): boolean {
  return letter.offset === record.offset && Buffer.compare(letter.body, record.body) === 0;
}

interface Place {
  readonly offset: number;
  readonly body: Uint8Array;
}
