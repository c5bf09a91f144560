import { DomainError, type ErrorCode } from "@runweir/errors";
import type { CallerAssertions } from "@runweir/http";
import type { SnapshotRows, SnapshotSql } from "@runweir/tracking-domain";
import { readArrowColumns } from "@runweir/tracking-duckdb";

/** An analysis that takes longer is not what somebody waits for at a page. */
const secondsMax = 60;

/** The warehouse's SQL door, asked by this process for its callers; without an address, there is no warehouse. */
export function askSnapshots(options: {
  readonly url: string | undefined;
  readonly assertions: Pick<CallerAssertions, "sign"> | undefined;
}): SnapshotSql {
  const { url, assertions } = options;
  return {
    async ask(caller, { sql, params, snapshot, signal }) {
      if (url === undefined)
        throw new DomainError("unavailable", "There is no warehouse: Runweir was started without one.", {
          reason: "no_warehouse",
        });
      const answer = await fetch(`${url}/api/sql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/vnd.apache.arrow.stream",
          ...(assertions ? { authorization: `Bearer ${await assertions.sign(caller)}` } : {}),
        },
        body: JSON.stringify({
          sql,
          params,
          ...(snapshot === undefined ? { tail: true } : { snapshot }),
          limits: { seconds: secondsMax },
          history: false,
        }),
        signal: AbortSignal.any([
          AbortSignal.timeout((secondsMax + 10) * 1_000),
          ...(signal ? [signal] : []),
        ]),
      }).catch((cause: unknown) => {
        throw new DomainError("unavailable", "The warehouse does not answer; ask again in a moment.", {
          cause,
          retryAfterSeconds: 5,
        });
      });
      if (!answer.ok) throw await refusalOf(answer);
      return {
        columns: readArrowColumns(new Uint8Array(await answer.arrayBuffer())),
        source: readSource(answer.headers),
      };
    },
  };
}

function readSource(headers: Headers): SnapshotRows["source"] {
  const tail = headers.get("x-runweir-tail-until");
  return {
    from: "snapshot",
    number: Number(headers.get("x-runweir-snapshot")),
    createdAt: new Date(headers.get("x-runweir-snapshot-created") ?? 0),
    ...(tail === null ? {} : { tailUntil: new Date(tail) }),
  };
}

/** Statements are ours, so that one is refused is no fault of the one who asked: only what they may hear is passed on. */
async function refusalOf(answer: Response): Promise<DomainError> {
  const said = (await answer.json().catch(() => ({}))) as {
    readonly message?: string;
    readonly reason?: string;
  };
  const code = codes.get(answer.status) ?? "internal";
  const message =
    code === "internal"
      ? "The warehouse could not answer."
      : (said.message ?? `The warehouse answered ${answer.status}.`);
  return new DomainError(code, message, {
    ...(said.reason === undefined ? {} : { reason: said.reason }),
    cause: said,
  });
}

const codes: ReadonlyMap<number, ErrorCode> = new Map([
  [403, "permission_denied"],
  [404, "not_found"],
  // Out of memory, of time, of room for the answer.
  [422, "resource_exhausted"],
  [429, "resource_exhausted"],
  [503, "unavailable"],
]);
