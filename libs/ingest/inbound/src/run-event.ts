export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export const finalStatuses = ["FINISHED", "FAILED", "KILLED"] as const;

/** What a producer says of a run besides its points. Times are milliseconds since 1970. */
export type RunEvent =
  | {
      readonly kind: "run_created";
      readonly runId: string;
      /** By its number, or by its name, under which it is made when there is none. */
      readonly experiment: { readonly id: string } | { readonly name: string };
      readonly runName: string | undefined;
      readonly userId: string | undefined;
      readonly startTime: number | undefined;
      readonly tags: readonly KeyValue[];
    }
  | {
      readonly kind: "run_finished";
      readonly runId: string;
      readonly status: (typeof finalStatuses)[number];
      readonly endTime: number | undefined;
    }
  | { readonly kind: "params"; readonly runId: string; readonly params: readonly KeyValue[] }
  | { readonly kind: "tags"; readonly runId: string; readonly tags: readonly KeyValue[] };
