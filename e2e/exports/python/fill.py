"""Logs everything that there is to export, with the real MLflow client. MLFLOW_TRACKING_URI says where."""

import math

import mlflow
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import Metric

client = MlflowClient()
ODD = "team ü/ablation 😀"

mlflow.set_experiment(ODD)
mlflow.set_experiment_tag("owner/of", "ü")
with mlflow.start_run(run_name="parent ü", description="first\nof all") as parent:
    mlflow.log_params({"lr": 0.001, "depth/max": 3, "text": "a'b\"c"})
    mlflow.log_text("héllo", "notes/ü.txt")
    mlflow.log_dict({"a": [1, 2, 3]}, "config.json")
    # What the README of an export asks for.
    mlflow.log_metric("loss", 0.5)
    frame = pd.DataFrame({"x": [1.0, 2.0], "y": [0, 1]})
    mlflow.log_input(mlflow.data.from_pandas(frame, name="train set"), context="training")
    model = mlflow.initialize_logged_model(name="net", params={"layers": "4"}, tags={"kind": "ü"}, model_type="cnn")
    mlflow.log_metric("accuracy", 0.75, step=3, model_id=model.model_id)
    mlflow.finalize_logged_model(model.model_id, "READY")
    for i in range(20):
        with mlflow.start_run(run_name=f"child {i}", nested=True) as child:
            mlflow.log_params({"lr": 10.0 ** -(i % 4), "seed": i})
            points = [
                Metric(f"loss/{part}", math.exp(-step / 50) + i / 100, 1_790_000_000_000 + step, step)
                for part in ("train", "val")
                for step in range(200)
            ]
            client.log_batch(child.info.run_id, metrics=points)

with mlflow.start_run(run_name="odd values") as odd:
    values = [math.nan, math.inf, -math.inf, 0.1, -0.0, 1e308, 5e-324]
    points = [Metric("odd", value, 1_790_000_000_000 + i, 10 - i) for i, value in enumerate(values)]
    points += [Metric("odd", 1.0, 5, 3), Metric("odd", 2.0, 5, 3), Metric("odd", math.nan, 5, 3), Metric("odd", 1.0, 5, 3)]
    client.log_batch(odd.info.run_id, metrics=points)
client.set_terminated(odd.info.run_id, "KILLED", 1_790_000_009_999)

mlflow.set_experiment("long")
with mlflow.start_run(run_name="100,000 points") as long:
    for start in range(0, 100_000, 1_000):
        client.log_batch(
            long.info.run_id,
            metrics=[Metric("wave", math.sin(step / 500), step, step) for step in range(start, start + 1_000)],
        )
with mlflow.start_run(run_name="thrown away") as gone:
    mlflow.log_metric("wave", 1)
client.delete_run(gone.info.run_id)
client.delete_experiment(client.create_experiment("thrown away"))
