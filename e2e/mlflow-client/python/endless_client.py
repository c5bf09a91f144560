"""Logs a metric until it is killed, and says after each point that the server has confirmed it."""

import itertools
import sys

import mlflow

with mlflow.start_run(experiment_id=sys.argv[1]) as run:
    print(run.info.run_id, flush=True)
    for step in itertools.count():
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
        print(step, flush=True)
