import { DomainError } from "@runweir/errors";
import type { SnapshotCatalog, SnapshotLease } from "@runweir/snapshot-domain";

const leaseSeconds = 86_400;
const renewAfterMs = 3_600_000;

export interface HeldSnapshot {
  readonly lease: SnapshotLease;
  /** Renews the lease now and then. */
  keep(): Promise<void>;
  release(): Promise<void>;
}

/** Undefined when there is no snapshot of that number any more. An export that is interrupted leaves the lease: a day to go on. */
export async function holdSnapshot(
  catalog: SnapshotCatalog,
  workspace: string,
  seq: number,
): Promise<HeldSnapshot | undefined> {
  const lease = await catalog
    .lease(workspace, { holder: "runweir export", seconds: leaseSeconds, seq })
    .catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "not_found") return undefined;
      throw error;
    });
  if (!lease) return undefined;
  let renewedAt = performance.now();
  return {
    lease,
    async keep() {
      if (performance.now() - renewedAt < renewAfterMs) return;
      await catalog.renew(lease.leaseId, leaseSeconds);
      renewedAt = performance.now();
    },
    release: () => catalog.release(lease.leaseId),
  };
}
