"""Writes the golden Arrow streams of format version 1 with pyarrow: `python write_arrow.py` in this folder."""

import json
import math

import pyarrow as pa

RUN = "0123456789abcdef0123456789abcdef"
ROWS = [
    [(RUN, "loss", 0, 1764110000000, 0.5), ("b", "val/größe", -1, 1, math.nan)],
    [(RUN, "loss", 1, 1764110000001, math.inf), (RUN, "lr", 2, 2, 0.25)],
]
TYPES = {
    "dictionary": (pa.dictionary(pa.int32(), pa.utf8()), pa.int64(), pa.int64(), pa.float64()),
    "small": (pa.dictionary(pa.uint8(), pa.large_utf8()), pa.int16(), pa.uint64(), pa.float32()),
    "plain": (pa.large_utf8(), pa.int32(), pa.timestamp("ns", tz="UTC"), pa.float64()),
    "seconds": (pa.utf8(), pa.int8(), pa.timestamp("ms"), pa.float32()),
}


def write(name, text, step, timestamp, value, options=None):
    schema = pa.schema(
        [("value", value), ("run_id", text), ("key", text), ("timestamp", timestamp), ("step", step)],
        metadata={"written by": "pyarrow"},
    )
    texts = {column: [] for column in (0, 1)}
    with pa.ipc.new_stream(f"{name}.arrows", schema, options=options) as writer:
        for sequence, rows in enumerate(ROWS, 1):

            def column(index, kind):
                values = [row[index] for row in rows]
                if pa.types.is_timestamp(kind):
                    return pa.array(values, pa.timestamp("ms")).cast(kind)
                if not pa.types.is_dictionary(kind):
                    return pa.array(values, kind)
                texts[index] += [one for one in dict.fromkeys(values) if one not in texts[index]]
                return pa.DictionaryArray.from_arrays(
                    pa.array([texts[index].index(one) for one in values], kind.index_type),
                    pa.array(texts[index], kind.value_type),
                )

            batch = pa.record_batch(
                [column(4, value), column(0, text), column(1, text), column(3, timestamp), column(2, step)],
                schema=schema,
            )
            writer.write_batch(batch, custom_metadata={"client": "golden", "sequence": str(sequence)})


for name, types in TYPES.items():
    write(f"arrow-{name}", *types)
write("arrow-deltas", *TYPES["dictionary"], options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True))
with open("arrow.expected.json", "w", encoding="utf-8") as file:
    rows = [[run, key, step, timestamp, repr(value)] for batch in ROWS for run, key, step, timestamp, value in batch]
    file.write(json.dumps(rows, ensure_ascii=False, indent=2).replace('"nan"', '"NaN"').replace('"inf"', '"Infinity"') + "\n")
