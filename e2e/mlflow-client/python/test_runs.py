import os
import signal
import subprocess
import sys
from pathlib import Path

import mlflow
import pytest
import requests
from conftest import URL
from mlflow.entities import RunStatus, ViewType
from mlflow.exceptions import MlflowException


def test_nested_runs_know_their_parent(client, experiment_id):
    with mlflow.start_run(run_name="parent") as parent:
        for fold in range(3):
            with mlflow.start_run(run_name=f"fold-{fold}", nested=True):
                mlflow.log_metric("score", fold / 10)
    children = client.search_runs(
        [experiment_id], f"tags.mlflow.parentRunId = '{parent.info.run_id}'", order_by=["metrics.score ASC"]
    )
    assert [child.info.run_name for child in children] == ["fold-0", "fold-1", "fold-2"]
    assert client.get_parent_run(children[0].info.run_id).info.run_id == parent.info.run_id


def test_a_run_without_an_experiment_is_of_the_default_one(client):
    for body in [{}, {"experiment_id": ""}]:
        answer = requests.post(f"{URL}/api/2.0/mlflow/runs/create", json=body, timeout=60)
        assert (answer.status_code, answer.json()["run"]["info"]["experiment_id"]) == (200, "0")
        client.delete_run(answer.json()["run"]["info"]["run_id"])


def test_a_run_holds_what_was_logged(client, experiment_id):
    with mlflow.start_run(run_name="all kinds", description="about **this** run", tags={"team": "vision"}) as active:
        mlflow.log_params({"lr": 0.1, "layers": [1, 2], "name": "größe 🙂"})
        mlflow.log_metrics({"loss": 0.5, "acc/top-1": 0.9}, step=3)
        mlflow.set_tags({"a": 1, "empty": ""})
    run = client.get_run(active.info.run_id)
    assert run.info.run_name == run.data.tags["mlflow.runName"] == "all kinds"
    assert run.data.params == {"lr": "0.1", "layers": "[1, 2]", "name": "größe 🙂"}
    assert run.data.metrics == {"loss": 0.5, "acc/top-1": 0.9}
    assert run.data.tags["mlflow.note.content"] == "about **this** run"
    assert {key: run.data.tags[key] for key in ("team", "a", "empty")} == {"team": "vision", "a": "1", "empty": ""}
    assert run.info.status == "FINISHED"
    assert run.info.end_time >= run.info.start_time > 1_600_000_000_000
    client.delete_tag(active.info.run_id, "team")
    assert "team" not in client.get_run(active.info.run_id).data.tags
    client.update_run(active.info.run_id, name="renamed")
    assert client.get_run(active.info.run_id).data.tags["mlflow.runName"] == "renamed"


def test_a_failing_script_leaves_a_failed_run(client, experiment_id):
    with pytest.raises(ZeroDivisionError), mlflow.start_run() as active:
        1 / 0
    assert client.get_run(active.info.run_id).info.status == "FAILED"


def test_params_do_not_change(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    client.log_param(run_id, "lr", "0.1")
    client.log_param(run_id, "lr", "0.1")
    with pytest.raises(MlflowException, match="Changing param values is not allowed") as error:
        client.log_param(run_id, "lr", "0.2")
    assert error.value.error_code == "INVALID_PARAMETER_VALUE"


def test_runs_are_deleted_and_restored(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    client.log_metric(run_id, "m", 1.0)
    client.delete_run(run_id)
    assert client.get_run(run_id).info.lifecycle_stage == "deleted"
    assert client.search_runs([experiment_id]) == []
    deleted = client.search_runs([experiment_id], run_view_type=ViewType.DELETED_ONLY)
    assert [run.info.run_id for run in deleted] == [run_id]
    with pytest.raises(MlflowException, match="must be in the 'active' state"):
        client.log_metric(run_id, "m", 2.0)
    client.restore_run(run_id)
    assert client.search_runs([experiment_id])[0].data.metrics == {"m": 1.0}


def test_experiments_are_deleted_and_restored_with_their_runs(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    client.set_experiment_tag(experiment_id, "owner", "me")
    name = client.get_experiment(experiment_id).name
    client.delete_experiment(experiment_id)
    assert client.get_experiment(experiment_id).lifecycle_stage == "deleted"
    assert client.get_run(run_id).info.lifecycle_stage == "deleted"
    with pytest.raises(MlflowException, match="already exists"):
        client.create_experiment(name)
    client.restore_experiment(experiment_id)
    assert client.get_run(run_id).info.lifecycle_stage == "active"
    client.rename_experiment(experiment_id, f"{name} renamed")
    assert client.get_experiment_by_name(f"{name} renamed").tags["owner"] == "me"
    assert client.get_experiment_by_name(name) is None


def test_experiments_are_searched(client, experiment_id):
    name = client.get_experiment(experiment_id).name
    client.set_experiment_tag(experiment_id, "kind", "unusual")
    for filter_string in (f"name = '{name}'", f"name LIKE '{name[:-4]}%' AND tags.kind = 'unusual'"):
        found = client.search_experiments(filter_string=filter_string)
        assert [experiment.experiment_id for experiment in found] == [experiment_id]
    assert client.search_experiments(filter_string=f"name = '{name}'", view_type=ViewType.DELETED_ONLY) == []


def test_a_killed_client_loses_nothing_and_its_run_is_resumed_by_id(client, experiment_id):
    script = Path(__file__).parent / "endless_client.py"
    process = subprocess.Popen([sys.executable, str(script), experiment_id], stdout=subprocess.PIPE, text=True)
    run_id = process.stdout.readline().strip()
    confirmed = -1
    while confirmed < 40:
        confirmed = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    confirmed = max([confirmed, *(int(line) for line in process.stdout.read().split("\n")[:-1] if line)])
    process.wait()

    assert client.get_run(run_id).info.status == "RUNNING"
    before = [(point.step, point.value) for point in client.get_metric_history(run_id, "loss")]
    # What was confirmed is there, and at most the one request that was under way besides.
    assert len(before) in (confirmed + 1, confirmed + 2)
    assert before == [(step, 1 / (step + 1)) for step in range(len(before))]

    with mlflow.start_run(run_id=run_id):
        for step in range(confirmed, confirmed + 20):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
    after = client.get_metric_history(run_id, "loss")
    assert {point.step for point in after} == set(range(confirmed + 20))
    assert RunStatus.to_string(RunStatus.FINISHED) == client.get_run(run_id).info.status
