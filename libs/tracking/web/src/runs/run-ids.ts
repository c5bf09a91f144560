/** An address with more runs than these is refused on the way. */
export const runsInAddressMax = 100;

/** Runs in the address: their ids, with dots between them. */
export function readRunIds(text: string | undefined): readonly string[] {
  return [...new Set((text ?? "").split(".").filter(Boolean))];
}

export function writeRunIds(runIds: readonly string[]): string | undefined {
  return runIds.length === 0 ? undefined : runIds.join(".");
}
