import { parse } from "yaml";

export interface ModelField {
  /** Unnamed in signatures of tensors and single values. */
  readonly name: string | undefined;
  readonly type: string;
  readonly required: boolean;
  /** Of a parameter. */
  readonly default?: string | undefined;
}

export interface ModelFile {
  readonly flavors: readonly { readonly name: string; readonly version: string | undefined }[];
  readonly inputs: readonly ModelField[];
  readonly outputs: readonly ModelField[];
  readonly params: readonly ModelField[];
  readonly mlflowVersion: string | undefined;
  readonly created: string | undefined;
  readonly sizeBytes: number | undefined;
  readonly python: string | undefined;
}

/** What an MLmodel file (YAML, with signatures as JSON texts inside) says; undefined when it is none. */
export function readModelFile(text: string): ModelFile | undefined {
  let root: unknown;
  try {
    // Aliases are how a small YAML file becomes a huge one.
    root = parse(text, { maxAliasCount: 20 });
  } catch {
    return undefined;
  }
  const flavors = of(root, "flavors");
  if (typeof flavors !== "object" || flavors === null) return undefined;
  const signature = of(root, "signature");
  const version = (flavor: unknown, name: string) =>
    textOf(of(flavor, `${name}_version`)) ?? textOf(of(flavor, "version"));
  return {
    flavors: Object.entries(flavors).map(([name, flavor]) => ({
      name,
      version: name === "sklearn" ? textOf(of(flavor, "sklearn_version")) : version(flavor, shortOf(name)),
    })),
    inputs: readFields(of(signature, "inputs")),
    outputs: readFields(of(signature, "outputs")),
    params: readFields(of(signature, "params")),
    mlflowVersion: textOf(of(root, "mlflow_version")),
    created: textOf(of(root, "utc_time_created")),
    sizeBytes:
      typeof of(root, "model_size_bytes") === "number" ? Number(of(root, "model_size_bytes")) : undefined,
    python: textOf(of(of(flavors, "python_function"), "python_version")),
  };
}

/** Flavors write their library's version under a short name. */
function shortOf(flavor: string): string {
  return { xgboost: "xgb", lightgbm: "lgb" }[flavor] ?? flavor;
}

function readFields(json: unknown): readonly ModelField[] {
  let listed: unknown = json;
  try {
    if (typeof json === "string") listed = JSON.parse(json);
  } catch {
    return [];
  }
  if (!Array.isArray(listed)) return [];
  return listed.map((field: unknown) => {
    const fallback = of(field, "default");
    return {
      name: textOf(of(field, "name")),
      type: typeOf(field),
      required: of(field, "required") !== false && of(field, "optional") !== true,
      ...(fallback === undefined ? {} : { default: JSON.stringify(fallback) }),
    };
  });
}

/** "double", "float32 [-1, 28, 28]", "array of string", "object {name: string}". */
function typeOf(field: unknown): string {
  const type = textOf(of(field, "type")) ?? textOf(of(field, "dtype")) ?? "unknown";
  if (type === "tensor") {
    const spec = of(field, "tensor-spec");
    return `${textOf(of(spec, "dtype")) ?? "tensor"} ${JSON.stringify(of(spec, "shape") ?? []).replaceAll(",", ", ")}`;
  }
  if (type === "array") return `array of ${typeOf(of(field, "items"))}`;
  if (type === "object") {
    const properties = of(field, "properties");
    const entries = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
    return `object {${entries.map(([name, property]) => `${name}: ${typeOf(property)}`).join(", ")}}`;
  }
  return type;
}

function of(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
