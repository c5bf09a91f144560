import { DomainError } from "@runweir/errors";
import type { Random } from "../random.ts";
import type { Process, Scheduler } from "../scheduler.ts";
import { createLink, type Faults, type Link } from "./link.ts";
import { copyState, emptyState, type StoreState } from "./store-state.ts";

/** Several statements, of which nobody sees anything before the commit. */
export interface Transaction {
  /** Waits until no other transaction holds the fold position of this shard, and holds it until its end. */
  lockFolding(shard: number): Promise<void>;
  query<T>(label: string, work: (state: StoreState) => T): Promise<T>;
  commit(label: string, writes: (state: StoreState) => void): Promise<void>;
  rollback(): void;
}

export interface MemoryStore {
  readonly state: StoreState;
  up: boolean;
  /** How often it was put back to an earlier state. */
  readonly restores: number;
  call<T>(label: string, work: (state: StoreState) => T, owner: Process): Promise<T>;
  begin(owner: Process): Transaction;
  /** Rolls back what a dead process had begun. */
  disconnect(owner: Process): void;
  /** Ends every transaction; what is committed stays. */
  crash(): void;
  backUp(): void;
  restore(): boolean;
}

const away = (): DomainError =>
  new DomainError("unavailable", "The database cannot be reached. Please retry.", { retryAfterSeconds: 1 });

/** The store as processes reach it: calls that fail before or after their commit, transactions, locks, backups. */
export function createMemoryStore(options: {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly onDone: () => void;
}): MemoryStore {
  const { scheduler } = options;
  let state = emptyState();
  let backup: StoreState | undefined;
  let restores = 0;
  let incarnation = 0;
  const locks = new Map<number, Transaction>();
  const open = new Map<Transaction, Process>();
  const store: MemoryStore = {
    get state() {
      return state;
    },
    up: true,
    get restores() {
      return restores;
    },
    call: (label, work, owner) => link.call(label, () => work(state), owner),
    begin,
    disconnect(owner) {
      for (const [transaction, of] of open) if (of === owner) end(transaction);
    },
    crash() {
      incarnation += 1;
      locks.clear();
      open.clear();
    },
    backUp() {
      backup = copyState(state);
    },
    restore() {
      if (!backup) return false;
      // Ids of chunks and claims are made from the time, which does not go back.
      const { nextChunkId, lastClaim } = state;
      state = { ...copyState(backup), nextChunkId, lastClaim };
      restores += 1;
      store.crash();
      return true;
    },
  };
  const link: Link = createLink({ ...options, isUp: () => store.up, refusal: away });

  function end(transaction: Transaction): void {
    open.delete(transaction);
    for (const [shard, holder] of locks) if (holder === transaction) locks.delete(shard);
  }

  function begin(owner: Process): Transaction {
    const begun = incarnation;
    const transaction: Transaction = {
      async lockFolding(shard) {
        while (!(await transaction.query("lock", () => takeLock(shard))))
          await scheduler.wait(20 + options.random.next() * 100, "waits for a lock", owner);
      },
      query: (label, work) =>
        link.call(
          label,
          () => {
            if (begun !== incarnation || !open.has(transaction)) throw away();
            return work(state);
          },
          owner,
        ),
      async commit(label, writes) {
        await transaction.query(`commit ${label}`, (current) => {
          writes(current);
          end(transaction);
        });
      },
      rollback: () => end(transaction),
    };
    function takeLock(shard: number): boolean {
      if (locks.has(shard)) return false;
      locks.set(shard, transaction);
      return true;
    }
    open.set(transaction, owner);
    return transaction;
  }

  return store;
}
