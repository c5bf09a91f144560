"""MLflow's own client for users and permissions, as an administrator and as users with different rights."""

import os
import uuid

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.server.auth.client import AuthServiceClient

USERNAME = os.environ["RUNWEIR_TEST_USERNAME"]
PASSWORD = "long enough for 12"


def test_a_user_is_made_found_changed_and_deleted(auth, user, sign_in, url):
    assert auth.get_user(user).username == user
    assert auth.get_user(user).is_admin is False
    auth.update_user_admin(user, True)
    assert auth.get_user(user).is_admin is True
    auth.update_user_password(user, "another password of mine")
    with sign_in(user, "another password of mine"):
        assert AuthServiceClient(url).get_user(user).username == user
    auth.delete_user(user)
    with pytest.raises(MlflowException, match="not found"):
        auth.get_user(user)


def test_a_permission_is_given_and_taken_back(auth, user, sign_in, url):
    experiment = mlflow.create_experiment(f"given {uuid.uuid4().hex[:8]}")
    auth.grant_user_permission(user, "experiment", experiment, "EDIT")
    assert auth.get_user_permission(user, "experiment", experiment).permission == "EDIT"
    with sign_in(user, PASSWORD):
        run = MlflowClient(url).create_run(experiment)
        MlflowClient(url).log_metric(run.info.run_id, "loss", 1.0)
        with pytest.raises(MlflowException, match="Permission denied"):
            MlflowClient(url).delete_experiment(experiment)
    auth.grant_user_permission(user, "experiment", experiment, "NO_PERMISSIONS")
    assert auth.get_user_permission(user, "experiment", experiment).permission == "NO_PERMISSIONS"
    auth.revoke_user_permission(user, "experiment", experiment)
    # Every member of the workspace reads.
    assert auth.get_user_permission(user, "experiment", experiment).permission == "READ"


def test_searches_leave_out_what_may_not_be_read(auth, user, sign_in, url):
    own, hidden = (mlflow.create_experiment(f"{name} {uuid.uuid4().hex[:8]}") for name in ("own", "hidden"))
    for experiment in (own, hidden):
        run = MlflowClient(url).create_run(experiment)
        MlflowClient(url).create_logged_model(experiment, source_run_id=run.info.run_id)
    auth.grant_user_permission(user, "experiment", hidden, "NO_PERMISSIONS")
    with sign_in(user, PASSWORD):
        client = MlflowClient(url)
        assert [run.info.experiment_id for run in client.search_runs([hidden, own])] == [own]
        assert [model.experiment_id for model in client.search_logged_models([hidden, own])] == [own]
        assert not client.search_runs([hidden])
        assert not client.search_logged_models([hidden])
        with pytest.raises(MlflowException, match="Permission denied"):
            client.get_experiment(hidden)
    assert len(MlflowClient(url).search_runs([hidden, own])) == 2


def test_users_manage_nobody(user, sign_in, url):
    with sign_in(user, PASSWORD):
        own = AuthServiceClient(url)
        for refused in (
            lambda: own.create_user("someone-else", PASSWORD),
            lambda: own.get_user(USERNAME),
            lambda: own.update_user_admin(user, True),
            lambda: own.update_user_password(USERNAME, PASSWORD),
            lambda: own.delete_user(USERNAME),
            lambda: own.grant_user_permission(user, "experiment", "0", "MANAGE"),
        ):
            with pytest.raises(MlflowException, match="Permission denied|denied"):
                refused()
