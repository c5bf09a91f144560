"""Computes from a list of what was logged what the tables of a snapshot have to hold, and compares them row by row.

`compare_with_pandas.py <expected.json> <files.json>`: what was logged, and the Parquet files of each table with the runs
to leave out. Knows nothing of how snapshots are made. Prints how many rows each table has; exits with 1 and the first
difference where there is one.
"""

import json
import math
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

SERIES = ["experiment_id", "run_no", "run_id", "key"]


def read_table(files):
    if not files:
        return pd.DataFrame()
    table = pa.concat_tables([pq.read_table(path) for path in files])
    columns = {}
    for field in table.schema:
        column = table.column(field.name)
        if pa.types.is_timestamp(field.type):
            # As whole milliseconds: pandas' own times end before ours do.
            column = column.cast(pa.timestamp("us", "UTC")).cast(pa.int64())
            columns[field.name] = [None if at is None else at // 1000 for at in column.to_pylist()]
        elif pa.types.is_map(field.type):
            columns[field.name] = [dict(row) for row in column.to_pylist()]
        elif pa.types.is_floating(field.type):
            columns[field.name] = column.to_numpy()
        else:
            columns[field.name] = column.to_pylist()
    return pd.DataFrame(columns)


def expected_points(logged):
    points = pd.DataFrame(logged["points"], columns=["run_id", "key", "step", "ts", "value"])
    # NaN and infinities come as text; -0 is 0.
    points["value"] = points["value"].astype(float) + 0.0
    points = points.drop_duplicates()
    runs = pd.DataFrame(logged["runs"])[["experiment_id", "run_no", "run_id"]]
    points = points.merge(runs, on="run_id", how="inner")
    # The one order of points: step, then time, then value, NaN below all numbers.
    points["number"] = ~np.isnan(points["value"])
    points = points.sort_values([*SERIES, "step", "ts", "number", "value"]).reset_index(drop=True)
    points["is_finite"] = np.isfinite(points["value"])
    return points


def extent(group):
    numbers = group[group["number"]]
    values = numbers["value"]
    head, tail = group.iloc[0], group.iloc[-1]
    with np.errstate(invalid="ignore"):
        total = values.sum() if len(values) else None
    return {
        "n": len(group),
        "n_nan": len(group) - len(numbers),
        "n_infinite": int(np.isinf(group["value"]).sum()),
        "sum": total,
        "min": values.min() if len(values) else None,
        "max": values.max() if len(values) else None,
        "first": head["value"],
        "last": tail["value"],
        "first_ts": head["ts"],
        "last_ts": tail["ts"],
        "head_step": head["step"],
        "tail_step": tail["step"],
    }


def expected_summary(points):
    rows = []
    for name, group in points.groupby(SERIES, sort=True):
        row = dict(zip(SERIES, name)) | extent(group)
        numbers = group[group["number"]]
        row["mean"] = None if row["sum"] is None else row["sum"] / len(numbers)
        row["step_at_min"] = numbers[numbers["value"] == row["min"]]["step"].min() if len(numbers) else None
        row["step_at_max"] = numbers[numbers["value"] == row["max"]]["step"].min() if len(numbers) else None
        row["first_step"], row["last_step"] = row.pop("head_step"), row.pop("tail_step")
        rows.append(row)
    return pd.DataFrame(rows)


def expected_rollup(points):
    rows = []
    for name, group in points.groupby(SERIES, sort=True):
        if len(group) <= 5000:
            continue
        span = group["step"].max() - group["step"].min() + 1
        width = 2 ** max(0, math.ceil(math.log2(span / 999)))
        for _, bucket in group.groupby(group["step"] // width, sort=True):
            row = dict(zip(SERIES, name)) | extent(bucket)
            row["step_from"], row["step_to"] = row.pop("head_step"), row.pop("tail_step")
            rows.append(row)
    return pd.DataFrame(rows)


def same(a, b):
    if a is None or b is None:
        # A missing number is NaN once pandas has had it in a column.
        return a is b or (a is None and is_nan(b)) or (b is None and is_nan(a))
    if is_nan(a) or is_nan(b):
        return is_nan(a) and is_nan(b)
    return a == b


def is_nan(value):
    return isinstance(value, float) and math.isnan(value)


def compare(table, actual, expected, keys):
    columns = list(expected.columns) if len(expected) else list(actual.columns)
    missing = set(columns) - set(actual.columns)
    if len(expected) and missing:
        raise SystemExit(f"{table}: columns {sorted(missing)} are missing")
    if len(actual) != len(expected):
        raise SystemExit(f"{table}: {len(actual)} rows instead of {len(expected)}")
    if not len(expected):
        return 0

    def ordered(frame):
        # Values last, as text: NaN has no order of its own.
        frame = frame.assign(_order=frame["value"].map(repr) if "value" in frame else "")
        return frame.sort_values([*keys, "_order"])[columns].to_dict("records")

    for place, (found, wanted) in enumerate(zip(ordered(actual), ordered(expected))):
        for column in columns:
            if not same(found[column], wanted[column]):
                raise SystemExit(
                    f"{table}, row {place}, {column}: found {found[column]!r}, expected {wanted[column]!r} in {wanted}"
                )
    return len(expected)


def main():
    with open(sys.argv[1]) as file:
        logged = json.load(file)
    with open(sys.argv[2]) as file:
        snapshot = json.load(file)
    hidden = set(snapshot["hidden"])

    def actual(table):
        frame = read_table(snapshot["tables"].get(table))
        if "run_no" in frame:
            frame = frame[~frame["run_no"].isin(hidden)]
        if "value" in frame and table == "metric_points":
            frame = frame.assign(value=frame["value"] + 0.0)
        return frame

    points = expected_points(logged)
    of_points = ["experiment_id", "run_no", "run_id", "key", "step", "ts", "value", "is_finite"]
    counts = {
        "metric_points": compare(
            "metric_points", actual("metric_points"), points[of_points], ["run_id", "key", "step", "ts"]
        ),
        "metric_summary": compare(
            "metric_summary", actual("metric_summary"), expected_summary(points), ["run_id", "key"]
        ),
        "metric_rollup": compare(
            "metric_rollup", actual("metric_rollup"), expected_rollup(points), ["run_id", "key", "step_from"]
        ),
    }
    for table, keys in [
        ("experiments", ["experiment_id"]),
        ("runs", ["run_no"]),
        ("params", ["run_no", "key"]),
        ("tags", ["run_no", "key"]),
    ]:
        if table in logged:
            counts[table] = compare(table, actual(table), pd.DataFrame(logged[table]), keys)
    print(json.dumps(counts))


main()
