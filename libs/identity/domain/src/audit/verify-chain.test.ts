import { expect, test } from "vitest";
import { localOwner } from "../caller.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { describeFault } from "./chain-fault.ts";
import { composeEntry } from "./compose-entry.ts";
import { hashEntry } from "./hash-entry.ts";
import { chainStart, verifyChain } from "./verify-chain.ts";

const caller = localOwner("r");

function chainOf(length: number, from = chainStart): AuditEntry[] {
  const chain: AuditEntry[] = [];
  for (let count = 1; count <= length; count += 1) {
    const event = { action: "model.rename", object: { id: `m${count}` }, after: { count } } as const;
    chain.push(composeEntry(caller, event, chain.at(-1) ?? from, 1_000 + count));
  }
  return chain;
}

const whole = chainOf(9);
const at = (sequence: number): AuditEntry => {
  const entry = whole[sequence - 1];
  if (entry === undefined) throw new Error(`There is no entry ${sequence}.`);
  return entry;
};
const renumbered = (entries: readonly AuditEntry[]) =>
  entries.map((entry, place) => ({ ...entry, sequence: place + 1 }));
const forged = (entry: AuditEntry, change: Partial<AuditEntry>): AuditEntry => {
  const other = { ...entry, ...change };
  return { ...other, hash: hashEntry(other) };
};
const end = { sequence: 9, hash: at(9).hash };

test("a chain is whole, from its start and from where it was verified before", async () => {
  expect(await verifyChain(whole)).toEqual({ verified: end, fault: undefined });
  expect(await verifyChain([])).toEqual({ verified: chainStart, fault: undefined });
  const after = { sequence: 4, hash: at(4).hash };
  expect(await verifyChain(whole.slice(4), { after, anchors: [end], endsAt: 9 })).toMatchObject({
    verified: end,
  });
  expect(await verifyChain(whole.slice(4), { after: { ...after, hash: at(3).hash } })).toMatchObject({
    fault: { kind: "altered", sequence: 4 },
  });
});

test("each single member of an entry counts", async () => {
  const changes: Partial<AuditEntry>[] = [
    { version: 2 },
    { time: 1 },
    { workspace: null },
    { actor: { ...at(5).actor, id: "x" } },
    { actor: { ...at(5).actor, kind: "user" } },
    { actor: { ...at(5).actor, name: "x" } },
    { action: "model.delete" },
    { object: { ...at(5).object, kind: "x" } },
    { object: { ...at(5).object, id: "x" } },
    { object: { ...at(5).object, name: "x" } },
    { before: {} },
    { after: { count: "5" } },
    { origin: { ...at(5).origin, door: "pages" } },
    { origin: { ...at(5).origin, address: "::1" } },
    { origin: { ...at(5).origin, userAgent: "x" } },
    { origin: { ...at(5).origin, requestId: "x" } },
    { origin: { ...at(5).origin, tokenId: "x" } },
    { hash: at(6).hash },
    { previousHash: at(6).hash },
  ];
  for (const change of changes)
    expect(await verifyChain(whole.with(4, { ...at(5), ...change }))).toEqual({
      verified: { sequence: 4, hash: at(4).hash },
      fault: { kind: "altered", sequence: 5 },
    });
});

test.each<[string, AuditEntry[], object]>([
  [
    "altered, with its hash made anew",
    whole.with(4, forged(at(5), { time: 7 })),
    { kind: "altered", sequence: 5 },
  ],
  ["the first altered", whole.with(0, { ...at(1), time: 7 }), { kind: "altered", sequence: 1 }],
  [
    "the first replaced",
    whole.with(0, forged(at(1), { previousHash: at(2).hash })),
    { kind: "altered", sequence: 1 },
  ],
  ["removed", whole.toSpliced(4, 1), { kind: "removed", sequence: 5, through: 5 }],
  ["three removed", whole.toSpliced(2, 3), { kind: "removed", sequence: 3, through: 5 }],
  ["the first removed", whole.slice(1), { kind: "removed", sequence: 1, through: 1 }],
  [
    "two removed and the gap closed",
    renumbered(whole.toSpliced(4, 2)),
    { kind: "removed", sequence: 5, through: 6 },
  ],
  [
    "the first removed and the gap closed",
    renumbered(whole.slice(1)),
    { kind: "removed", sequence: 1, through: 1 },
  ],
  [
    "the last but one removed",
    renumbered(whole.toSpliced(7, 1)),
    { kind: "removed", sequence: 8, through: 8 },
  ],
  [
    "two neighbours exchanged",
    renumbered([...whole.slice(0, 3), at(5), at(4), ...whole.slice(5)]),
    { kind: "reordered", sequence: 4, writtenAs: 5 },
  ],
  [
    "two apart exchanged",
    renumbered([at(1), at(8), ...whole.slice(2, 7), at(2), at(9)]),
    { kind: "reordered", sequence: 2, writtenAs: 8 },
  ],
  ["a copy inserted", renumbered(whole.toSpliced(4, 0, at(2))), { kind: "inserted", sequence: 5 }],
  ["one repeated", renumbered(whole.toSpliced(4, 0, at(4))), { kind: "inserted", sequence: 5 }],
  ["one added at the end", renumbered([...whole, at(3)]), { kind: "inserted", sequence: 10 }],
  [
    "one inserted that is chained to the one before",
    renumbered(whole.toSpliced(4, 0, ...chainOf(1, at(4)))),
    { kind: "inserted", sequence: 5 },
  ],
  [
    "one inserted that fits itself alone",
    renumbered(whole).toSpliced(
      4,
      5,
      forged({ ...at(5) }, { previousHash: at(9).hash }),
      ...whole.slice(4).map((entry) => ({ ...entry, sequence: entry.sequence + 1 })),
    ),
    { kind: "inserted", sequence: 5 },
  ],
])("%s: the first is named", async (_what, entries, fault) => {
  const report = await verifyChain(entries, { anchors: [end], endsAt: 9 });
  expect(report.fault).toEqual(fault);
  expect(describeFault(report.fault!)).toMatch(/^Entr(y|ies) \d/);
});

test("what is missing at the end is only known by what was noted elsewhere", async () => {
  const cut = whole.slice(0, 6);
  expect((await verifyChain(cut)).fault).toBeUndefined();
  expect(await verifyChain(cut, { anchors: [end] })).toEqual({
    verified: { sequence: 6, hash: at(6).hash },
    fault: { kind: "removed", sequence: 7, through: 9 },
  });
});

test("so is a chain that was written anew as a whole", async () => {
  const anew = [...whole.slice(0, 4)];
  for (const entry of whole.slice(4)) {
    const last = anew.at(-1)!;
    anew.push(forged(entry, { time: 1, previousHash: last.hash }));
  }
  expect((await verifyChain(anew)).fault).toBeUndefined();
  expect(await verifyChain(anew, { anchors: [anew[6]!, { sequence: 7, hash: at(7).hash }] })).toMatchObject({
    verified: { sequence: 6 },
    fault: { kind: "rewritten", sequence: 7 },
  });
});

test("what comes behind the end was inserted", async () => {
  expect((await verifyChain([...whole, ...chainOf(1, at(9))], { endsAt: 9 })).fault).toEqual({
    kind: "inserted",
    sequence: 10,
  });
});
