"""`compare.py <uri of one server> <uri of the other>`: what the real MLflow client says of both is the same."""

import math
import pathlib
import sys
import tempfile

from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts
from mlflow.entities import ViewType


def number(value):
    return "NaN" if math.isnan(value) else value


def history(client, run_id, key):
    return sorted((p.step, p.timestamp, str(number(p.value))) for p in client.get_metric_history(run_id, key))


def files(uri, run_id, folder):
    path = pathlib.Path(download_artifacts(run_id=run_id, tracking_uri=uri, dst_path=folder))
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def inputs(run):
    return [
        (i.dataset.name, i.dataset.digest, i.dataset.source, i.dataset.schema, sorted((t.key, t.value) for t in i.tags))
        for i in run.inputs.dataset_inputs
    ]


def describe(uri, folder):
    client = MlflowClient(uri)
    found = {}
    points = 0
    for experiment in client.search_experiments(view_type=ViewType.ACTIVE_ONLY):
        times = (experiment.creation_time, experiment.last_update_time) if experiment.name != "Default" else None
        found[("experiment", experiment.name)] = (times, experiment.tags)
        for run in client.search_runs([experiment.experiment_id], max_results=1000):
            run = client.get_run(run.info.run_id)
            info = run.info
            histories = {key: history(client, info.run_id, key) for key in sorted(run.data.metrics)}
            points += sum(len(one) for one in histories.values())
            found[("run", info.run_id)] = (
                (experiment.name, info.run_name, info.status, info.start_time, info.end_time, info.user_id),
                info.lifecycle_stage,
                run.data.params,
                run.data.tags,
                {key: str(number(value)) for key, value in run.data.metrics.items()},
                histories,
                inputs(run),
                sorted(model.model_id for model in run.outputs.model_outputs) if run.outputs else [],
                files(uri, info.run_id, tempfile.mkdtemp(dir=folder)),
            )
        for model in client.search_logged_models([experiment.experiment_id]):
            model = client.get_logged_model(model.model_id)
            found[("model", model.model_id)] = (
                (experiment.name, model.name, model.model_type, str(model.status), model.creation_timestamp),
                (model.source_run_id, model.params, model.tags),
                sorted((m.key, m.value, m.step, m.timestamp, m.run_id) for m in model.metrics or []),
            )
    return found, points


with tempfile.TemporaryDirectory() as folder:
    (one, points), (other, _) = (describe(uri, folder) for uri in sys.argv[1:3])
differing = [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]
for name in differing:
    print(f"differs: {name}\n  {one.get(name)!r:.2000}\n  {other.get(name)!r:.2000}")
kinds = sorted({kind for kind, _ in one})
print(f"{len(one)} compared ({', '.join(kinds)}), {points} points, {len(differing)} differ")
if differing or points < 100_000 or kinds != ["experiment", "model", "run"]:
    sys.exit(1)
