import { z } from "zod";

/** One column, tensor or parameter, nested ones flattened: `address.street`, `scores[]`. */
export interface SignatureField {
  readonly path: string;
  /** `double`, `tensor(float32)[-1,28,28]`, `object`, `array`, `map`. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly default?: string | undefined;
}

export interface Signature {
  readonly inputs: readonly SignatureField[];
  readonly outputs: readonly SignatureField[];
  readonly params: readonly SignatureField[];
}

const typeSchema: z.ZodType<RawType> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), typeSchema]).optional(),
    name: z.string().nullish(),
    required: z.boolean().optional(),
    optional: z.boolean().optional(),
    properties: z.record(z.string(), typeSchema).optional(),
    items: z.union([typeSchema, z.string()]).optional(),
    values: z.union([typeSchema, z.string()]).optional(),
    "tensor-spec": z.object({ dtype: z.string(), shape: z.array(z.number()) }).optional(),
    default: z.unknown().optional(),
    shape: z.array(z.number()).nullish(),
  }),
);
interface RawType {
  type?: string | RawType | undefined;
  name?: string | null | undefined;
  required?: boolean | undefined;
  optional?: boolean | undefined;
  properties?: Record<string, RawType> | undefined;
  items?: RawType | string | undefined;
  values?: RawType | string | undefined;
  "tensor-spec"?: { dtype: string; shape: number[] } | undefined;
  default?: unknown;
  shape?: number[] | null | undefined;
}

const rawSchema = z.object({
  inputs: z.string().nullish(),
  outputs: z.string().nullish(),
  params: z.string().nullish(),
});

/** The signature of an MLmodel file: three lists as JSON texts. Undefined when it is none that can be read. */
export function parseSignature(raw: unknown): Signature | undefined {
  const parsed = rawSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  try {
    const { inputs, outputs, params } = parsed.data;
    return { inputs: parseFields(inputs), outputs: parseFields(outputs), params: parseFields(params) };
  } catch {
    return undefined;
  }
}

function parseFields(text: string | null | undefined): readonly SignatureField[] {
  if (!text) return [];
  const fields = z.array(typeSchema).parse(JSON.parse(text));
  return fields.flatMap((field, index) => flatten(field, field.name ?? `[${index}]`));
}

function flatten(field: RawType, path: string): readonly SignatureField[] {
  const isRequired = field.required ?? !(field.optional ?? false);
  const own = (type: string): SignatureField => ({
    path,
    type,
    isRequired,
    ...(field.default === undefined ? {} : { default: JSON.stringify(field.default) }),
  });
  const tensor = field["tensor-spec"];
  if (tensor) return [own(`tensor(${tensor.dtype})[${tensor.shape.join(",")}]`)];
  // A type may be written as an object of its own.
  if (typeof field.type === "object") return flatten({ ...field.type, required: isRequired }, path);
  if (field.properties)
    return [
      own("object"),
      ...Object.entries(field.properties).flatMap(([name, inner]) => flatten(inner, `${path}.${name}`)),
    ];
  const inner = field.items ?? field.values;
  if (inner !== undefined)
    return [
      own(field.items === undefined ? "map" : "array"),
      ...flatten(typeof inner === "string" ? { type: inner } : inner, `${path}[]`),
    ];
  const shape = field.shape ? `[${field.shape.join(",")}]` : "";
  return [own(`${field.type ?? "any"}${shape}`)];
}
