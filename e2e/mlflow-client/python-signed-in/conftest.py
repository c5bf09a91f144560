"""People with credentials of their own, and the client for users, permissions and roles."""

import os
import uuid
from contextlib import contextmanager

import pytest
import requests

ADMINISTRATOR = (os.environ["RUNWEIR_TEST_USERNAME"], os.environ["RUNWEIR_TEST_PASSWORD"])
PASSWORD = "long enough for 12"


@pytest.fixture
def url():
    return os.environ["MLFLOW_TRACKING_URI"]


@pytest.fixture
def sign_in(monkeypatch):
    @contextmanager
    def sign_in(username, password=PASSWORD):
        with monkeypatch.context() as patch:
            patch.delenv("MLFLOW_TRACKING_TOKEN", raising=False)
            patch.setenv("MLFLOW_TRACKING_USERNAME", username)
            patch.setenv("MLFLOW_TRACKING_PASSWORD", password)
            yield

    return sign_in


@pytest.fixture
def auth(sign_in, url):
    # Only here: that of MLflow 2 loads its server, which today's SQLAlchemy is too new for.
    from mlflow.server.auth.client import AuthServiceClient

    with sign_in(*ADMINISTRATOR):
        yield AuthServiceClient(url)


@pytest.fixture
def administer(url):
    """Asks what MLflow's clients have no call for, or not every one of them."""

    def administer(path, body):
        answer = requests.post(f"{url}/api/2.0/mlflow/{path}", json=body, auth=ADMINISTRATOR, timeout=30)
        answer.raise_for_status()

    return administer


@pytest.fixture
def user(administer):
    name = f"user-{uuid.uuid4().hex[:8]}"
    administer("users/create", {"username": name, "password": PASSWORD})
    return name
