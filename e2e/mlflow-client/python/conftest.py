"""Fixtures for tests that drive a running Runweir with the real MLflow client, whichever major version is installed."""

import os
import uuid

import mlflow
import pytest
from mlflow import MlflowClient

URL = os.environ["MLFLOW_TRACKING_URI"]
MAJOR = int(mlflow.__version__.split(".")[0])

only_mlflow_3 = pytest.mark.mlflow_3


def pytest_collection_modifyitems(config, items):
    """What MLflow 2 does not have is left out there, not skipped: nothing is missing."""
    foreign = [item for item in items if MAJOR < 3 and item.get_closest_marker("mlflow_3")]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


@pytest.fixture
def client():
    return MlflowClient()


@pytest.fixture
def experiment_id(request):
    """An experiment of this test's own, active for the fluent API."""
    return mlflow.set_experiment(f"{request.node.name[:80]} {uuid.uuid4().hex[:8]}").experiment_id


@pytest.fixture(autouse=True)
def no_run_left_open():
    yield
    while mlflow.active_run():
        mlflow.end_run()


def log_sklearn_model(model, name, **options):
    """`artifact_path` was renamed to `name` in MLflow 3; requirements are given because inferring them takes seconds."""
    import mlflow.sklearn

    key = "name" if MAJOR >= 3 else "artifact_path"
    return mlflow.sklearn.log_model(model, **{key: name}, pip_requirements=["scikit-learn"], **options)
