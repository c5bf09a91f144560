import { matchesPattern } from "@runweir/identity-domain";

/**
 * What a pickle may import without anybody being asked: what builds arrays, tables and estimators, and runs nothing else.
 * Functions that make functions (cloudpickle's) are not here: they are code.
 */
const harmless: readonly RegExp[] = [
  /^(builtins|__builtin__) (set|frozenset|list|dict|tuple|bytearray|bytes|complex|int|float|bool|str|object|slice|range)$/,
  /^collections (OrderedDict|defaultdict|deque|Counter)$/,
  /^copyreg _reconstructor$/,
  /^copy_reg _reconstructor$/,
  /^_codecs encode$/,
  /^datetime (datetime|date|time|timedelta|timezone)$/,
  /^decimal Decimal$/,
  /^numpy(\._?core)?(\.(multiarray|numeric|_multiarray_umath))? (_reconstruct|scalar|_frombuffer|ndarray|dtype)$/,
  /^numpy\.random\._pickle __(randomstate|generator|bit_generator)_ctor$/,
  /^numpy\.random\._mt19937 MT19937$/,
  /^numpy (float|int|uint)(8|16|32|64)$/,
  /^scipy\.sparse\.[\w.]+ [A-Za-z]+_(matrix|array)$/,
  /^(sklearn|xgboost|lightgbm|catboost|statsmodels)(\.\w+)* [A-Z]\w*$/,
  /^sklearn(\.\w+)* __pyx_unpickle_\w+$/,
  /^pandas\.core\.(frame DataFrame|series Series|indexes\.\w+ \w*Index|internals\.managers BlockManager)$/,
  /^pandas\.core\.indexes\.base _new_Index$/,
  /^pandas\._libs\.internals _unpickle_block$/,
  /^torch\._utils _rebuild_(tensor|tensor_v2|parameter|qtensor)$/,
  /^torch (FloatStorage|HalfStorage|DoubleStorage|LongStorage|IntStorage|BFloat16Storage|BoolStorage|device|Size)$/,
  /^torch\.nn(\.\w+)* [A-Z]\w*$/,
];

/** `allowed`: patterns of `module.name` that a policy adds. A dotted name reaches through objects, so only itself allows it. */
export function isAllowedImport(module: string, name: string, allowed: readonly string[]): boolean {
  if (module === "?" || name === "?") return false;
  if (name.includes(".")) return allowed.includes(`${module}.${name}`);
  if (harmless.some((pattern) => pattern.test(`${module} ${name}`))) return true;
  return allowed.some((pattern) => matchesPattern(pattern, `${module}.${name}`));
}
