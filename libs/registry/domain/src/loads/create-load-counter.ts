import { type Caller, RecentValues } from "@runweir/identity-domain";
import { type Target, targetName } from "../target.ts";
import { clientOf } from "./client-of.ts";
import type { CountedLoad } from "./version-load.ts";

/** From when a client is told which version a name means until it asks where the files are. */
const togetherMs = 60_000;

interface Version {
  readonly name: string;
  readonly version: number;
}

/** Counts loads in memory: whoever asks for a model must not wait for it to be written down. */
export interface LoadCounter {
  /** A client was told which version an alias or a stage means. */
  pointed(caller: Caller, version: Version, target: Target): void;
  /** A client asked where the files of a version are, with which every load begins. */
  loaded(caller: Caller, version: Version): void;
  /** What was counted since the last time, and how many loads there was no room for. */
  take(): { readonly loads: readonly CountedLoad[]; readonly dropped: number };
  /** Loads that were taken and could not be kept. */
  putBack(loads: readonly CountedLoad[]): void;
}

export function createLoadCounter(options: {
  readonly clock: { now(): number };
  /** How many different loads, and names that clients asked for, are held at most. */
  readonly room?: number;
}): LoadCounter {
  const { clock, room = 10_000 } = options;
  let counted = new Map<string, CountedLoad>();
  let dropped = 0;
  const asked = new RecentValues<{ readonly target: Target; readonly time: number }>(room);

  function add(load: CountedLoad): void {
    const { workspace, model, version, loader, client = "", via } = load;
    const key = keyOf(
      workspace,
      loader.id,
      client,
      model,
      String(version),
      via?.kind ?? "",
      via ? targetName(via) : "",
    );
    const known = counted.get(key);
    if (known)
      counted.set(key, {
        ...known,
        loads: known.loads + load.loads,
        firstTime: Math.min(known.firstTime, load.firstTime),
        lastTime: Math.max(known.lastTime, load.lastTime),
      });
    else if (counted.size < room) counted.set(key, load);
    else dropped += load.loads;
  }

  return {
    pointed(caller, version, target) {
      asked.set(askedKey(caller, version), { target, time: clock.now() });
    },

    loaded(caller, { name, version }) {
      const time = clock.now();
      const { kind, id, name: called } = caller.principal;
      // One question by name is before one load: the next load may be by number.
      const key = askedKey(caller, { name, version });
      const pointing = asked.get(key);
      asked.delete(key);
      add({
        workspace: caller.workspace,
        model: name,
        version,
        loader: { kind, id, name: called },
        client: clientOf(caller),
        via: pointing && time - pointing.time <= togetherMs ? pointing.target : undefined,
        loads: 1,
        firstTime: time,
        lastTime: time,
      });
    },

    take() {
      const taken = { loads: [...counted.values()], dropped };
      counted = new Map();
      dropped = 0;
      return taken;
    },

    putBack(loads) {
      for (const load of loads) add(load);
    },
  };
}

function askedKey(caller: Caller, { name, version }: Version): string {
  return keyOf(caller.workspace, caller.principal.id, clientOf(caller) ?? "", name, String(version));
}

/** No name has a NUL in it. */
function keyOf(...parts: readonly string[]): string {
  return parts.join("\0");
}
