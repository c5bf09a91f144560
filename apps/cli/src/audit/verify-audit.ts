import { type AuditPosition, describeFault } from "@runweir/identity-domain";
import { createAuditStore } from "@runweir/identity-postgres";
import type { Database } from "@runweir/postgres";

const broken = 2;

export async function verifyAudit(
  database: Database,
  options: {
    readonly anchors: readonly AuditPosition[];
    readonly json: boolean;
    print(text: string): void;
    /** A line that is written over by the next; where somebody watches. */
    readonly show: ((text: string) => void) | undefined;
  },
): Promise<number> {
  const { anchors, json, print, show } = options;
  const began = performance.now();
  const { verified, fault } = await createAuditStore({ database }).verify({
    anchors,
    onProgress: (done, of) => show?.(`${done} of ${of} entries`),
  });
  show?.("");
  const seconds = (performance.now() - began) / 1_000;
  const anchor = `${verified.sequence}:${verified.hash}`;
  if (json) {
    const found = fault && { ...fault, message: describeFault(fault) };
    print(
      JSON.stringify({ verified: verified.sequence, anchor, fault: found ?? null, seconds }, undefined, 2),
    );
  } else if (fault === undefined) {
    print(`${verified.sequence} entries verified in ${seconds.toFixed(1)} s. All are as they were written.`);
    if (verified.sequence > 0)
      print(`Note this elsewhere; it proves the same of them later:\n  --anchor ${anchor}`);
  } else {
    print(describeFault(fault));
    print(
      verified.sequence === 0
        ? "Nothing before it is known to be whole."
        : `Entries 1 to ${verified.sequence} are as they were written:\n  --anchor ${anchor}`,
    );
  }
  return fault === undefined ? 0 : broken;
}
