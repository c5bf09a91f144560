import { DomainError } from "@runweir/errors";
import type { PointBatch } from "../point-batch.ts";
import { hashName, NameSet } from "./name-set.ts";
import type { NameCounter } from "./quotas.ts";
import { RecentlyUsed } from "./recently-used.ts";

interface RunNames {
  /** Names this process has seen of the run. */
  readonly seen: NameSet;
  /** The store is asked before `seen` grows beyond this. */
  askAt: number;
  /** Ends when the question under way has been answered. */
  asking: Promise<void> | undefined;
}

const bytesKept = 64 * 2 ** 20;
const entryBytes = 200;
/** A run is asked about once it has more names than nearly all runs ever have. */
const firstQuestion = 1_000;

interface UnseenNames {
  readonly names: readonly string[];
  readonly hashes: readonly number[];
}

/**
 * Keeps the number of distinct metric names of a run within a limit. Names seen are remembered here, so that a run that logs the
 * same names again costs nothing; what the store knows is asked when the names seen since the last question could have used up
 * half of what was left then. Names logged before stay welcome when the limit is reached.
 *
 * Several processes that are sent new names of one run at the same moment may together exceed the limit: each by at most half of
 * what was left when it last asked.
 */
export class NameQuota {
  readonly #limit: number;
  readonly #countNames: NameCounter;
  readonly #runs = new RecentlyUsed<RunNames>({
    weightMax: bytesKept,
    weightOf: ({ seen }) => seen.bytes + entryBytes,
  });

  constructor(limit: number, countNames: NameCounter) {
    this.#limit = limit;
    this.#countNames = countNames;
  }

  /** Throws `invalid_argument` (reason `metric_names_quota`) when the run would have more names than it may. */
  async admit(workspace: string, runId: string, points: PointBatch): Promise<void> {
    const name = `${workspace}/${runId}`;
    const run = this.#runs.use(name, () => ({
      seen: new NameSet(),
      askAt: Math.min(firstQuestion, this.#limit >> 3),
      asking: undefined,
    }));
    for (;;) {
      const unseen = unseenOf(run.seen, points);
      if (unseen.names.length === 0) break;
      if (run.asking) {
        // One question at a time: its answer decides about what others want to add meanwhile.
        await run.asking;
        continue;
      }
      if (run.seen.size + unseen.names.length > run.askAt) await this.#ask(run, workspace, runId, unseen);
      for (const hash of unseen.hashes) run.seen.add(hash);
      break;
    }
    this.#runs.reweigh(name);
  }

  async #ask(run: RunNames, workspace: string, runId: string, unseen: UnseenNames): Promise<void> {
    let answered = () => {};
    run.asking = new Promise((resolve) => {
      answered = resolve;
    });
    try {
      const fresh = unseen.names.length;
      if (fresh > this.#limit) throw this.#refusal(runId, fresh, fresh);
      const counted = await this.#countNames(workspace, runId, unseen.names);
      const total = Math.max(counted.known, run.seen.size) + counted.fresh;
      if (counted.fresh > 0 && total > this.#limit) throw this.#refusal(runId, total, counted.fresh);
      run.askAt = run.seen.size + fresh + (Math.max(0, this.#limit - total) >> 1);
    } finally {
      run.asking = undefined;
      answered();
    }
  }

  #refusal(runId: string, total: number, fresh: number): DomainError {
    return new DomainError(
      "invalid_argument",
      `A run may have at most ${this.#limit} distinct metric names. With the ${fresh} new names of this request, run '${runId}' would have ${total}.`,
      { field: "key", reason: "metric_names_quota" },
    );
  }
}

/** The names of the points, of which the batch may hold more, that were not seen before. */
function unseenOf(seen: NameSet, { keys, keyIndexes }: PointBatch): UnseenNames {
  const used = new Uint8Array(keys.length);
  for (let i = 0; i < keyIndexes.length; i += 1) used[keyIndexes[i] as number] = 1;
  const names: string[] = [];
  const hashes: number[] = [];
  for (let key = 0; key < keys.length; key += 1) {
    if (used[key] === 0) continue;
    const hash = hashName(keys[key] as string);
    if (seen.has(hash)) continue;
    names.push(keys[key] as string);
    hashes.push(hash);
  }
  return { names, hashes };
}
