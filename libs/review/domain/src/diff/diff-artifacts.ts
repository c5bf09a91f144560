import type { FileFact } from "../facts/version-facts.ts";
import { type DiffRow, namesOf, rowOf } from "./diff-row.ts";

export interface ArtifactRow extends DiffRow {
  /** Why the candidate's file is not to be opened carelessly; undefined where nothing is known against its format. */
  readonly risk: string | undefined;
}

const riskyFormats: readonly (readonly [RegExp, string])[] = [
  [/\.(pkl|pickle|joblib|dill|cloudpickle)$/i, "Pickle: runs code when it is loaded."],
  [/\.(pt|pth|ckpt)$/i, "PyTorch's format holds a pickle: runs code when it is loaded."],
  [/(^|\/)pytorch_model[^/]*\.bin$/i, "PyTorch's format holds a pickle: runs code when it is loaded."],
  [/\.(h5|hdf5|keras)$/i, "Keras: Lambda layers run code when it is loaded."],
  [/\.npy$|\.npz$/i, "NumPy: arrays of objects hold pickles."],
  [/\.(rds|rdata)$/i, "R's format runs code when it is loaded."],
];

/** What is known against a file's format, by its name. */
export function riskOfFile(path: string): string | undefined {
  return riskyFormats.find(([pattern]) => pattern.test(path))?.[1];
}

export function diffArtifacts(
  before: readonly FileFact[],
  after: readonly FileFact[],
): readonly ArtifactRow[] {
  const [left, right] = [bySize(before), bySize(after)];
  return namesOf(left, right).map((path) => ({
    ...rowOf("artifacts", path, left[path], right[path]),
    risk: right[path] === undefined ? undefined : riskOfFile(path),
  }));
}

function bySize(files: readonly FileFact[]): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ path, bytes }) => [path, `${bytes} bytes`]));
}
