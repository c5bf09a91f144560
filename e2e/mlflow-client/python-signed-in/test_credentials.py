"""The real client against a server where everybody has to sign in. Nothing is retried: a refusal is an answer."""

import os
import uuid

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

USERNAME = os.environ["RUNWEIR_TEST_USERNAME"]
PASSWORD = os.environ["RUNWEIR_TEST_PASSWORD"]
TOKENS = {name: os.environ[f"RUNWEIR_TEST_TOKEN_{name.upper()}"] for name in ("all", "read", "ingest")}
NAMES = ("MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN", "MLFLOW_WORKSPACE")


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def as_user(monkeypatch, username=USERNAME, password=PASSWORD):
    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", username)
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", password)


def as_token(monkeypatch, token):
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", token)


def log_something():
    client = MlflowClient()
    experiment_id = client.create_experiment(f"signed in {uuid.uuid4().hex}")
    run = client.create_run(experiment_id)
    client.log_metric(run.info.run_id, "loss", 0.5)
    client.log_text(run.info.run_id, "hello", "note.txt")
    client.set_terminated(run.info.run_id)
    return run.info.run_id


def test_user_name_and_password(monkeypatch):
    as_user(monkeypatch)
    run_id = log_something()
    client = MlflowClient()
    assert client.get_run(run_id).data.metrics == {"loss": 0.5}
    assert [file.path for file in client.list_artifacts(run_id)] == ["note.txt"]
    assert mlflow.artifacts.load_text(f"runs:/{run_id}/note.txt") == "hello"


def test_token(monkeypatch):
    as_token(monkeypatch, TOKENS["all"])
    run_id = log_something()
    assert MlflowClient().get_run(run_id).info.status == "FINISHED"


def test_token_in_the_place_of_the_password(monkeypatch):
    as_user(monkeypatch, password=TOKENS["all"])
    assert log_something()


@pytest.mark.parametrize(
    ("username", "password"),
    [(USERNAME, "wrong"), ("nobody", PASSWORD), ("admin", "password1234"), ("admin", "admin")],
)
def test_wrong_password(monkeypatch, username, password):
    as_user(monkeypatch, username, password)
    with pytest.raises(MlflowException, match="401.*You are not authenticated"):
        MlflowClient().search_experiments()


def test_wrong_token(monkeypatch):
    as_token(monkeypatch, f"{TOKENS['all']}x")
    with pytest.raises(MlflowException, match="401.*You are not authenticated"):
        MlflowClient().search_experiments()


def test_nobody():
    with pytest.raises(MlflowException, match="401.*You are not authenticated"):
        MlflowClient().search_experiments()


def test_token_to_read_only(monkeypatch):
    as_token(monkeypatch, TOKENS["read"])
    client = MlflowClient()
    assert client.search_experiments()
    with pytest.raises(MlflowException, match="for reading only") as refusal:
        client.create_experiment("never")
    assert refusal.value.error_code == "PERMISSION_DENIED"


def test_token_to_log_only(monkeypatch):
    as_user(monkeypatch)
    experiment_id = MlflowClient().create_experiment(f"logging only {uuid.uuid4().hex}")
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    as_token(monkeypatch, TOKENS["ingest"])
    client = MlflowClient()
    run = client.create_run(experiment_id)
    client.log_metric(run.info.run_id, "loss", 0.5)
    with pytest.raises(MlflowException, match="for logging only") as refusal:
        client.search_experiments()
    assert refusal.value.error_code == "PERMISSION_DENIED"
