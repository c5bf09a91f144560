import type { Change, ChangeFeed } from "@runweir/tracking-domain";
import type { WorkspaceChange } from "../announce-change.ts";

type Filter = Parameters<ChangeFeed["subscribe"]>[0];
type Listener = (change: Change) => void;

interface Subscriber {
  readonly filter: Filter;
  readonly listener: Listener;
}

/**
 * Who wants to hear of what. A change is taken only to those who asked for its run, its experiment or its workspace, so
 * a thousand pages that watch other runs cost a writer nothing.
 */
export interface FanOut {
  add(subscriber: Subscriber): void;
  remove(subscriber: Subscriber): void;
  deliver(change: WorkspaceChange): void;
  /** Tells everybody that anything they watch may have changed. */
  deliverAny(): void;
  clear(): void;
  readonly size: number;
}

export function createFanOut(): FanOut {
  const topics = new Map<string, Set<Subscriber>>();
  const all = new Set<Subscriber>();

  function tell(topic: string, change: Change): void {
    for (const { listener } of topics.get(topic) ?? []) listener(change);
  }

  return {
    get size() {
      return all.size;
    },
    add(subscriber) {
      all.add(subscriber);
      for (const topic of topicsOf(subscriber.filter))
        topics.set(topic, (topics.get(topic) ?? new Set()).add(subscriber));
    },
    remove(subscriber) {
      all.delete(subscriber);
      for (const topic of topicsOf(subscriber.filter)) {
        const among = topics.get(topic);
        among?.delete(subscriber);
        if (among?.size === 0) topics.delete(topic);
      }
    },
    deliver({ workspace, change }) {
      tell(`${workspace}/`, change);
      tell(`${workspace}/in/${change.experimentId}`, change);
      if ("runId" in change) tell(`${workspace}/run/${change.runId}`, change);
      if (change.kind === "experiment") {
        tell(`${workspace}/experiment/`, change);
        tell(`${workspace}/experiment/${change.experimentId}`, change);
      }
    },
    deliverAny() {
      for (const { filter, listener } of [...all]) listener(anyChange(filter));
    },
    clear() {
      topics.clear();
      all.clear();
    },
  };
}

/** Who watches a run also wants to hear of its experiment. */
function topicsOf({ workspace, experimentId, runId }: Filter): readonly string[] {
  if (runId !== undefined)
    return [`${workspace}/run/${runId}`, `${workspace}/experiment/${experimentId ?? ""}`];
  return [experimentId === undefined ? `${workspace}/` : `${workspace}/in/${experimentId}`];
}

/** Stands for whatever was missed: the listener asks anew for all it shows. */
function anyChange({ experimentId = "", runId }: Filter): Change {
  return runId === undefined ? { kind: "experiment", experimentId } : { kind: "run", experimentId, runId };
}
