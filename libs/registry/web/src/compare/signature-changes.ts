import type { ModelField } from "@runweir/tracking-web";

type Part = "input" | "output" | "parameter";

/** A line of a signature that is on one side only, on both with other words, or on both alike. */
export interface FieldChange {
  readonly part: Part;
  readonly name: string;
  readonly kind: "added" | "removed" | "changed" | "same";
  /** "double, optional". */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

interface Signature {
  readonly inputs: readonly ModelField[];
  readonly outputs: readonly ModelField[];
  readonly params: readonly ModelField[];
}

/** What became of each field of a signature, in the order of the later one, with what is gone at the end of its part. */
export function signatureChanges(before: Signature, after: Signature): readonly FieldChange[] {
  return [
    ...changesOf("input", before.inputs, after.inputs),
    ...changesOf("output", before.outputs, after.outputs),
    ...changesOf("parameter", before.params, after.params),
  ];
}

function changesOf(
  part: Part,
  before: readonly ModelField[],
  after: readonly ModelField[],
): readonly FieldChange[] {
  const [of, now] = [before, after].map(
    (fields) => new Map(fields.map((field, place) => [nameOf(field, place), wordsOf(field)])),
  );
  const kept = [...(now ?? [])].map(([name, words]): FieldChange => {
    const old = of?.get(name);
    if (old === undefined) return { part, name, kind: "added", after: words };
    return { part, name, kind: old === words ? "same" : "changed", before: old, after: words };
  });
  const gone = [...(of ?? [])]
    .filter(([name]) => !now?.has(name))
    .map(([name, words]): FieldChange => ({ part, name, kind: "removed", before: words }));
  return [...kept, ...gone];
}

/** Fields of tensors have no names; their place is what tells them apart. */
function nameOf({ name }: ModelField, place: number): string {
  return name ?? `${place + 1}`;
}

function wordsOf({ type, required, default: standard }: ModelField): string {
  if (standard !== undefined) return `${type} = ${standard}`;
  return required ? type : `${type}, optional`;
}
