import type { Signature, SignatureField } from "../facts/signature.ts";
import { anchorOf, changeOf, type DiffRow } from "./diff-row.ts";

export const signatureClasses = ["identical", "compatible", "breaking"] as const;
export type SignatureClass = (typeof signatureClasses)[number];

export interface SignatureRow extends DiffRow {
  readonly part: "inputs" | "outputs" | "params";
  readonly class: SignatureClass;
}

export interface SignatureDiff {
  readonly class: SignatureClass;
  readonly rows: readonly SignatureRow[];
}

/** What was good for the left type is good for the right one too. */
const widenings: Readonly<Record<string, readonly string[]>> = {
  integer: ["long", "double", "any"],
  long: ["any"],
  float: ["double", "any"],
  double: ["any"],
  boolean: ["any"],
  string: ["any"],
  binary: ["any"],
  datetime: ["any"],
};

type Judgement = readonly [SignatureClass, string];

/** Whether who calls the one can call the other, by the house's table; see the README. */
export function diffSignature(before: Signature | undefined, after: Signature | undefined): SignatureDiff {
  if (before && !after)
    return whole("removed", "breaking", "The candidate says no signature, so nobody knows what it takes.");
  if (!before && after) return whole("added", "compatible", "The base said no signature.");
  if (!before || !after) return { class: "identical", rows: [] };
  const rows = [
    ...part("inputs", before.inputs, after.inputs, judgeInput),
    ...part("outputs", before.outputs, after.outputs, judgeOutput),
    ...part("params", before.params, after.params, judgeParam),
  ];
  return { class: worst(rows.map((row) => row.class)), rows };
}

function judgeInput(before: SignatureField | undefined, after: SignatureField | undefined): Judgement {
  if (!before) {
    return after?.isRequired
      ? ["breaking", "A new input that callers do not send."]
      : ["compatible", "Optional, so callers need not send it."];
  }
  if (!after) return ["compatible", "No longer looked at."];
  if (before.type !== after.type) {
    if (widenings[before.type]?.includes(after.type))
      return before.isRequired || !after.isRequired
        ? ["compatible", `Every ${before.type} is a ${after.type}.`]
        : ["breaking", "Was optional, is required."];
    return ["breaking", `Was ${before.type}, is ${after.type}.`];
  }
  if (before.isRequired === after.isRequired) return ["identical", ""];
  return after.isRequired ? ["breaking", "Was optional, is required."] : ["compatible", "Became optional."];
}

function judgeOutput(before: SignatureField | undefined, after: SignatureField | undefined): Judgement {
  if (!before) return ["compatible", "An output more."];
  if (!after) return ["breaking", "Callers may read it."];
  if (before.type !== after.type) return ["breaking", `Was ${before.type}, is ${after.type}.`];
  if (before.isRequired === after.isRequired) return ["identical", ""];
  return before.isRequired ? ["breaking", "May be missing now."] : ["compatible", "Is always there now."];
}

function judgeParam(before: SignatureField | undefined, after: SignatureField | undefined): Judgement {
  if (!before) return ["compatible", "Has a default."];
  if (!after) return ["breaking", "Callers may set it."];
  if (before.type !== after.type) return ["breaking", `Was ${before.type}, is ${after.type}.`];
  if (before.default === after.default) return ["identical", ""];
  return ["compatible", "Another default, for callers who do not set it."];
}

function part(
  name: SignatureRow["part"],
  before: readonly SignatureField[],
  after: readonly SignatureField[],
  judge: (before: SignatureField | undefined, after: SignatureField | undefined) => Judgement,
): readonly SignatureRow[] {
  const [left, right] = [byPath(before), byPath(after)];
  // In the order of the candidate, which is how people know it; what is gone comes last.
  const paths = [...new Set([...right.keys(), ...left.keys()])];
  return paths.map((path) => {
    const [one, other] = [left.get(path), right.get(path)];
    const [kind, note] = judge(one, other);
    const texts = [one && print(one), other && print(other)] as const;
    return {
      anchor: anchorOf("signature", `${name}.${path}`),
      label: path,
      change: changeOf(...texts),
      before: texts[0],
      after: texts[1],
      ...(note === "" ? {} : { note }),
      part: name,
      class: kind,
    };
  });
}

function whole(change: "added" | "removed", kind: SignatureClass, note: string): SignatureDiff {
  const row: SignatureRow = {
    anchor: anchorOf("signature", "*"),
    label: "signature",
    change,
    before: change === "removed" ? "known" : undefined,
    after: change === "added" ? "known" : undefined,
    note,
    part: "inputs",
    class: kind,
  };
  return { class: kind, rows: [row] };
}

function byPath(fields: readonly SignatureField[]): ReadonlyMap<string, SignatureField> {
  return new Map(fields.map((field) => [field.path, field]));
}

function print(field: SignatureField): string {
  const suffix = field.default === undefined ? "" : ` = ${field.default}`;
  return `${field.type}${field.isRequired ? "" : ", optional"}${suffix}`;
}

function worst(classes: readonly SignatureClass[]): SignatureClass {
  return signatureClasses.findLast((one) => classes.includes(one)) ?? "identical";
}
