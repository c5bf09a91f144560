"""Workspaces as the newest client manages and chooses them."""

import os
import uuid

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

USERNAME = os.environ["RUNWEIR_TEST_USERNAME"]
PASSWORD = os.environ["RUNWEIR_TEST_PASSWORD"]

pytestmark = pytest.mark.skipif(not hasattr(mlflow, "set_workspace"), reason="this client knows no workspaces")


@pytest.fixture(autouse=True)
def administrator(monkeypatch):
    for name in ("MLFLOW_TRACKING_TOKEN", "MLFLOW_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", USERNAME)
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", PASSWORD)
    yield
    mlflow.set_workspace(None)


def test_made_listed_described_used_and_deleted():
    name = f"of-{uuid.uuid4().hex[:12]}"
    made = mlflow.create_workspace(name, description="of a test")
    assert (made.name, made.description) == (name, "of a test")
    assert {"default", name} <= {workspace.name for workspace in mlflow.list_workspaces()}
    assert mlflow.update_workspace(name, description="of another").description == "of another"
    assert mlflow.get_workspace(name).description == "of another"
    with pytest.raises(MlflowException, match="RESOURCE_ALREADY_EXISTS"):
        mlflow.create_workspace(name)

    experiment_id = MlflowClient().create_experiment(f"outside {name}")
    mlflow.set_workspace(name)
    mlflow.set_experiment("inside")
    with mlflow.start_run() as run:
        mlflow.log_metric("loss", 0.5)
    assert MlflowClient().get_run(run.info.run_id).data.metrics == {"loss": 0.5}
    with pytest.raises(MlflowException, match="No Experiment with id"):
        MlflowClient().get_experiment(experiment_id)

    mlflow.set_workspace(None)
    with pytest.raises(MlflowException, match="not found"):
        MlflowClient().get_run(run.info.run_id)
    with pytest.raises(MlflowException, match="mode is CASCADE"):
        mlflow.delete_workspace(name, mode="CASCADE")
    mlflow.delete_workspace(name)
    with pytest.raises(MlflowException, match="no workspace"):
        mlflow.get_workspace(name)


def test_the_default_one_is_neither_made_nor_deleted():
    for refused in (lambda: mlflow.create_workspace("default"), lambda: mlflow.delete_workspace("default")):
        with pytest.raises(MlflowException, match="reserved"):
            refused()
