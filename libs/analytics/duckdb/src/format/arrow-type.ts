import { type DuckDBType, DuckDBTypeId, type DuckDBValue } from "@duckdb/node-api";
import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  List,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
} from "apache-arrow";
import { isNested, jsonText, plainText } from "./plain-value.ts";

/** How a column travels in Arrow: its type there, and what its builder is given for a value. */
export interface ArrowColumn {
  readonly type: DataType;
  readonly convert: (value: DuckDBValue) => unknown;
  /** Where both sides hold the values of a column alike: the array they lie in. */
  readonly storage?: Storage;
  /** Values are texts on both sides. */
  readonly isText?: boolean;
}

type Storage =
  | typeof Int8Array
  | typeof Int16Array
  | typeof Int32Array
  | typeof BigInt64Array
  | typeof Uint8Array
  | typeof Uint16Array
  | typeof Uint32Array
  | typeof BigUint64Array
  | typeof Float32Array
  | typeof Float64Array;

const same = (value: DuckDBValue): unknown => value;
const partOf =
  (unit: string) =>
  (value: DuckDBValue): unknown =>
    (value as unknown as Record<string, bigint>)[unit];

const time = (type: DataType, unit: string): ArrowColumn => ({
  type,
  convert: partOf(unit),
  storage: BigInt64Array,
});

/** Types that both sides have. Everything else (maps, structs, decimals, 128-bit integers) travels as text. */
const simple: Readonly<Partial<Record<DuckDBTypeId, () => ArrowColumn>>> = {
  [DuckDBTypeId.BOOLEAN]: () => ({ type: new Bool(), convert: same }),
  [DuckDBTypeId.TINYINT]: () => ({ type: new Int8(), convert: same, storage: Int8Array }),
  [DuckDBTypeId.SMALLINT]: () => ({ type: new Int16(), convert: same, storage: Int16Array }),
  [DuckDBTypeId.INTEGER]: () => ({ type: new Int32(), convert: same, storage: Int32Array }),
  [DuckDBTypeId.BIGINT]: () => ({ type: new Int64(), convert: same, storage: BigInt64Array }),
  [DuckDBTypeId.UTINYINT]: () => ({ type: new Uint8(), convert: same, storage: Uint8Array }),
  [DuckDBTypeId.USMALLINT]: () => ({ type: new Uint16(), convert: same, storage: Uint16Array }),
  [DuckDBTypeId.UINTEGER]: () => ({ type: new Uint32(), convert: same, storage: Uint32Array }),
  [DuckDBTypeId.UBIGINT]: () => ({ type: new Uint64(), convert: same, storage: BigUint64Array }),
  [DuckDBTypeId.FLOAT]: () => ({ type: new Float32(), convert: same, storage: Float32Array }),
  [DuckDBTypeId.DOUBLE]: () => ({ type: new Float64(), convert: same, storage: Float64Array }),
  [DuckDBTypeId.VARCHAR]: () => ({ type: new Utf8(), convert: same, isText: true }),
  [DuckDBTypeId.BLOB]: () => ({ type: new Binary(), convert: partOf("bytes") }),
  [DuckDBTypeId.TIMESTAMP]: () => time(new TimestampMicrosecond(), "micros"),
  [DuckDBTypeId.TIMESTAMP_TZ]: () => time(new TimestampMicrosecond("UTC"), "micros"),
  [DuckDBTypeId.TIMESTAMP_S]: () => time(new TimestampSecond(), "seconds"),
  [DuckDBTypeId.TIMESTAMP_MS]: () => time(new TimestampMillisecond(), "millis"),
  [DuckDBTypeId.TIMESTAMP_NS]: () => time(new TimestampNanosecond(), "nanos"),
  [DuckDBTypeId.DATE]: () => ({ type: new DateDay(), convert: partOf("days"), storage: Int32Array }),
};

export function arrowColumn(type: DuckDBType): ArrowColumn {
  const known = simple[type.typeId]?.();
  if (known !== undefined) return known;
  if (type.typeId === DuckDBTypeId.LIST && "valueType" in type) {
    const item = arrowColumn(type.valueType as DuckDBType);
    return {
      type: new List(new Field("item", item.type, true)),
      convert: (value) =>
        (value as unknown as { items: readonly DuckDBValue[] }).items.map((held) =>
          held === null ? null : item.convert(held),
        ),
    };
  }
  return { type: new Utf8(), convert: (value) => (isNested(value) ? jsonText(value) : plainText(value)) };
}
