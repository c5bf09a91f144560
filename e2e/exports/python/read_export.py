"""`read_export.py <reader> <folder of an export>`: answers the same questions with one reader, as JSON.

Each reader is asked in its own way; what it answers must be what every other one answers.
"""

import json
import pathlib
import sys


def counts(folder, count):
    return {table.name: int(count(table)) for table in sorted(folder.iterdir()) if any(table.glob("*.parquet"))}


def with_pandas(folder):
    import numpy as np
    import pandas as pd

    read = lambda table: pd.read_parquet(folder / table)
    points = read("metric_points")
    finite = points[points["is_finite"]]
    by_key = finite.groupby("key")["value"].agg(["size", "max"]).sort_index()
    joined = read("metric_summary").merge(read("params"), on="run_no", suffixes=("", "_param"))
    joined = joined[(joined["key"] == "loss/val") & (joined["key_param"] == "lr")]
    by_lr = joined.groupby("value")["last"].mean().sort_index()
    ms = lambda time: int(time.value // 1_000_000) if time.unit == "ns" else int(time.timestamp() * 1000)
    return {
        "rows": counts(folder, lambda table: len(pd.read_parquet(table))),
        "sum": float(finite.loc[finite["key"] != "odd", "value"].sum()),
        "odd": [
            int(np.isnan(points["value"]).sum()),
            int((points["value"] == np.inf).sum()),
            int((points["value"] == -np.inf).sum()),
        ],
        "by_key": [[key, int(row["size"]), float(row["max"])] for key, row in by_key.iterrows()],
        "by_lr": [[lr, float(mean)] for lr, mean in by_lr.items()],
        "times": [ms(points["ts"].min()), ms(points["ts"].max())],
        "tags": int(sum(len(tags) for tags in read("runs")["tags"])),
        "names": sorted(read("runs")["run_name"])[-3:],
    }


def with_polars(folder):
    import polars as pl

    read = lambda table: pl.read_parquet(folder / table / "*.parquet")
    points = read("metric_points")
    finite = points.filter(pl.col("is_finite"))
    by_key = finite.group_by("key").agg(pl.len(), pl.col("value").max()).sort("key")
    by_lr = (
        read("metric_summary")
        .filter(pl.col("key") == "loss/val")
        .join(read("params").filter(pl.col("key") == "lr"), on="run_no", suffix="_param")
        .group_by("value")
        .agg(pl.col("last").mean())
        .sort("value")
    )
    times = points.select(low=pl.col("ts").min().dt.epoch("ms"), high=pl.col("ts").max().dt.epoch("ms")).row(0)
    return {
        "rows": counts(folder, lambda table: pl.read_parquet(table / "*.parquet").height),
        "sum": finite.filter(pl.col("key") != "odd")["value"].sum(),
        "odd": [
            points["value"].is_nan().sum(),
            (points["value"] == float("inf")).sum(),
            (points["value"] == float("-inf")).sum(),
        ],
        "by_key": [list(row) for row in by_key.rows()],
        "by_lr": [list(row) for row in by_lr.rows()],
        "times": list(times),
        "tags": int(sum(len(tags) for tags in read("runs")["tags"].to_list())),
        "names": sorted(read("runs")["run_name"].to_list())[-3:],
    }


def sql_questions(table, dialect):
    """The questions in SQL, where engines call some things differently."""
    points = table("metric_points")
    return {
        "sum": f"select sum(value) from {points} where is_finite and key <> 'odd'",
        "odd": f"""select {dialect["count_if"].format("isnan(value)" if dialect["name"] != "chdb" else "isNaN(value)")},
            {dialect["count_if"].format(f"value = {dialect['infinity']}")},
            {dialect["count_if"].format(f"value = -{dialect['infinity']}")} from {points}""",
        "by_key": f"select key, count(*), max(value) from {points} where is_finite group by key order by key",
        "by_lr": f"""select p.value, avg(s.{dialect["last"]}) from {table("metric_summary")} s
            join {table("params")} p on s.run_no = p.run_no
            where s.key = 'loss/val' and p.key = 'lr' group by p.value order by p.value""",
        "times": f"select {dialect['ms'].format('min(ts)')}, {dialect['ms'].format('max(ts)')} from {points}",
        "tags": f"select sum({dialect['size'].format('tags')}) from {table('runs')}",
        "names": f"select run_name from {table('runs')}",
    }


def answers(questions, rows, count, folder):
    found = {name: rows(question) for name, question in questions.items()}
    return {
        "rows": counts(folder, count),
        "sum": found["sum"][0][0],
        "odd": [int(value) for value in found["odd"][0]],
        "by_key": [[key, int(n), value] for key, n, value in found["by_key"]],
        "by_lr": [list(row) for row in found["by_lr"]],
        "times": [int(value) for value in found["times"][0]],
        "tags": int(found["tags"][0][0]),
        "names": sorted(row[0] for row in found["names"])[-3:],
    }


def with_duckdb(folder):
    import duckdb

    rows = lambda question: duckdb.sql(question).fetchall()
    dialect = {
        "name": "duckdb",
        "count_if": "count_if({})",
        "infinity": "'infinity'::double",
        "last": "last",
        "ms": "epoch_ms({})",
        "size": "cardinality({})",
    }
    table = lambda name: f"read_parquet('{folder}/{name}/*.parquet')"
    count = lambda path: rows(f"select count(*) from {table(path.name)}")[0][0]
    return answers(sql_questions(table, dialect), rows, count, folder)


def with_spark(folder):
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    for path in folder.iterdir():
        if any(path.glob("*.parquet")):
            spark.read.parquet(str(path)).createOrReplaceTempView(path.name)
    rows = lambda question: [list(row) for row in spark.sql(question).collect()]
    dialect = {
        "name": "spark",
        "count_if": "count_if({})",
        "infinity": "double('infinity')",
        "last": "last",
        "ms": "unix_millis({})",
        "size": "size({})",
    }
    count = lambda path: spark.table(path.name).count()
    found = answers(sql_questions(lambda name: name, dialect), rows, count, folder)
    spark.stop()
    return found


def with_chdb(folder):
    import chdb

    rows = lambda question: json.loads(str(chdb.query(question, "JSONCompact")))["data"]
    dialect = {
        "name": "chdb",
        "count_if": "countIf({})",
        "infinity": "inf",
        "last": "last",
        "ms": "toUnixTimestamp64Milli({})",
        "size": "length(mapKeys({}))",
    }
    table = lambda name: f"file('{folder}/{name}/*.parquet', Parquet)"
    count = lambda path: rows(f"select count(*) from {table(path.name)}")[0][0]
    return answers(sql_questions(table, dialect), rows, count, folder)


readers = {
    "pandas": with_pandas,
    "polars": with_polars,
    "duckdb": with_duckdb,
    "spark": with_spark,
    "chdb": with_chdb,
}
print(json.dumps(readers[sys.argv[1]](pathlib.Path(sys.argv[2]))))
