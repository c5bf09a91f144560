"""`run_readme.py READER FOLDER`: runs the block of that reader in the README of an export as it stands; prints the rows it found."""

import ast
import os
import re
import sys

reader, folder = sys.argv[1:]
os.chdir(folder)
with open("README.md") as file:
    blocks = re.findall(r"```(?:python|sql)\n(.*?)```", file.read(), re.DOTALL)
[block] = [block for block in blocks if {"chdb": "ClickHouse"}.get(reader, reader) in block.replace("DuckDB", "duckdb")]


def evaluate(code, names):
    """The value of the last line."""
    *lines, last = ast.parse(code).body
    exec(compile(ast.Module(lines, []), "README.md", "exec"), names)
    return eval(compile(ast.Expression(last.value), "README.md", "eval"), names)


if reader == "duckdb":
    import duckdb

    rows = len(duckdb.sql(block).fetchall())
elif reader == "chdb":
    import chdb

    rows = len(str(chdb.query(block, "TSV")).splitlines())
elif reader == "spark":
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    rows = evaluate(block, {"spark": spark}).count()
else:
    rows = len(evaluate(block, {}))
print(rows)
