"""People with credentials of their own, and the client for users, permissions and roles."""

import os
import uuid
from contextlib import contextmanager

import pytest
from mlflow.server.auth.client import AuthServiceClient

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
    with sign_in(*ADMINISTRATOR):
        yield AuthServiceClient(url)


@pytest.fixture
def user(auth):
    name = f"user-{uuid.uuid4().hex[:8]}"
    auth.create_user(name, PASSWORD)
    return name
