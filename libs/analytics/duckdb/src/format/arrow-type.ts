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
}

const same = (value: DuckDBValue): unknown => value;
const timeOf =
  (unit: string) =>
  (value: DuckDBValue): unknown =>
    (value as unknown as Record<string, bigint>)[unit];

/** Types that both sides have. Everything else (maps, structs, decimals, 128-bit integers) travels as text. */
const simple: Readonly<Partial<Record<DuckDBTypeId, () => ArrowColumn>>> = {
  [DuckDBTypeId.BOOLEAN]: () => ({ type: new Bool(), convert: same }),
  [DuckDBTypeId.TINYINT]: () => ({ type: new Int8(), convert: same }),
  [DuckDBTypeId.SMALLINT]: () => ({ type: new Int16(), convert: same }),
  [DuckDBTypeId.INTEGER]: () => ({ type: new Int32(), convert: same }),
  [DuckDBTypeId.BIGINT]: () => ({ type: new Int64(), convert: same }),
  [DuckDBTypeId.UTINYINT]: () => ({ type: new Uint8(), convert: same }),
  [DuckDBTypeId.USMALLINT]: () => ({ type: new Uint16(), convert: same }),
  [DuckDBTypeId.UINTEGER]: () => ({ type: new Uint32(), convert: same }),
  [DuckDBTypeId.UBIGINT]: () => ({ type: new Uint64(), convert: same }),
  [DuckDBTypeId.FLOAT]: () => ({ type: new Float32(), convert: same }),
  [DuckDBTypeId.DOUBLE]: () => ({ type: new Float64(), convert: same }),
  [DuckDBTypeId.VARCHAR]: () => ({ type: new Utf8(), convert: same }),
  [DuckDBTypeId.BLOB]: () => ({ type: new Binary(), convert: timeOf("bytes") }),
  [DuckDBTypeId.TIMESTAMP]: () => ({ type: new TimestampMicrosecond(), convert: timeOf("micros") }),
  [DuckDBTypeId.TIMESTAMP_TZ]: () => ({ type: new TimestampMicrosecond("UTC"), convert: timeOf("micros") }),
  [DuckDBTypeId.TIMESTAMP_S]: () => ({ type: new TimestampSecond(), convert: timeOf("seconds") }),
  [DuckDBTypeId.TIMESTAMP_MS]: () => ({ type: new TimestampMillisecond(), convert: timeOf("millis") }),
  [DuckDBTypeId.TIMESTAMP_NS]: () => ({ type: new TimestampNanosecond(), convert: timeOf("nanos") }),
  [DuckDBTypeId.DATE]: () => ({ type: new DateDay(), convert: timeOf("days") }),
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
