import type { System } from "../parts/start-system.ts";
import { until } from "../until.ts";
import { callMlflow, createRun } from "./mlflow-client.ts";
import { violationOf } from "./writer.ts";

export interface TagWriter {
  /** Sets one more tag through each API; whatever is answered must be an acknowledgement or say to come again. */
  write(): Promise<void>;
  /** Whether each API refused the last tag. */
  areRefused(): Promise<boolean>;
  /** The statuses of refusals. */
  refusals(): string;
  /** Reads the tags back, once that is possible: every acknowledged one is there. Says how many. */
  check(): Promise<number>;
}

/** Writes that go past the log of points straight into Postgres, to a run of their own. */
export async function writeTags(system: System): Promise<TagWriter> {
  const runId = await createRun(system.apis[0]);
  const acknowledged = new Set<string>();
  const refused = new Set<number>();
  let written = 0;
  let last: readonly boolean[] = [];

  async function write(): Promise<void> {
    last = await Promise.all(
      system.apis.map(async (api) => {
        written += 1;
        const key = `tag-${written}`;
        const reply = await callMlflow(api, "runs/set-tag", { body: { run_id: runId, key, value: key } });
        const wrong = violationOf(reply, "runs/set-tag");
        if (wrong) throw new Error(wrong);
        if (reply.kind !== "answer") return false;
        if (reply.status === 200) acknowledged.add(key);
        else refused.add(reply.status);
        return reply.status !== 200;
      }),
    );
  }

  return {
    write,
    async areRefused() {
      await write();
      return last.every((isRefused) => isRefused);
    },
    refusals: () => [...refused].join(" and "),
    async check() {
      let tags = new Set<string>();
      await until("the run can be read again", 60_000, async () => {
        const reply = await callMlflow(system.apis[1], "runs/get", { query: { run_id: runId } });
        if (reply.kind !== "answer" || reply.status !== 200) return false;
        const { run } = reply.body as {
          readonly run: { readonly data: { readonly tags?: { key: string }[] } };
        };
        tags = new Set(run.data.tags?.map(({ key }) => key));
        return true;
      });
      const lost = [...acknowledged].find((key) => !tags.has(key));
      if (lost) throw new Error(`L: ${lost} was acknowledged and is gone`);
      return acknowledged.size;
    },
  };
}
