"""The registry for people with different rights: every client loads a model by each form of its name, and few may move it."""

import json
import time
import uuid

import mlflow
import pytest
import requests
from conftest import ADMINISTRATOR
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException


class Slope(mlflow.pyfunc.PythonModel):
    def __init__(self, slope):
        self.slope = slope

    def predict(self, context, model_input, params=None):
        return [self.slope * value for value in model_input]


def register(name, slope):
    with mlflow.start_run():
        mlflow.pyfunc.log_model("model", python_model=Slope(slope), registered_model_name=name)


def slope_of(uri):
    return mlflow.pyfunc.load_model(uri).unwrap_python_model().predict(None, [1])[0]


@pytest.fixture
def model(sign_in):
    name = f"rights {uuid.uuid4().hex[:8]}"
    with sign_in(*ADMINISTRATOR):
        for slope in (1, 2):
            register(name, slope)
        client = MlflowClient()
        client.set_registered_model_alias(name, "champion", "2")
        client.transition_model_version_stage(name, "1", "Production")
    return name


def refused(act):
    with pytest.raises(MlflowException, match="Permission denied") as caught:
        act()
    assert caught.value.error_code == "PERMISSION_DENIED"


def test_who_reads_loads_by_each_form_and_changes_nothing(model, user, sign_in):
    with sign_in(user):
        client = MlflowClient()
        assert slope_of(f"models:/{model}/1") == 1
        assert slope_of(f"models:/{model}@champion") == 2
        assert slope_of(f"models:/{model}/Production") == 1
        assert slope_of(f"models:/{model}/latest") == 2
        assert [found.name for found in client.search_registered_models(f"name = '{model}'")] == [model]
        refused(lambda: client.set_registered_model_alias(model, "champion", "1"))
        refused(lambda: client.delete_registered_model_alias(model, "champion"))
        refused(lambda: client.transition_model_version_stage(model, "2", "Production"))
        refused(lambda: client.set_model_version_tag(model, "1", "mine", "yes"))
        refused(lambda: client.update_registered_model(model, "mine"))
        refused(lambda: client.create_model_version(model, "s3://bucket/model"))
        refused(lambda: client.rename_registered_model(model, f"{model} of mine"))
        refused(lambda: client.delete_model_version(model, "1"))
        refused(lambda: client.delete_registered_model(model))
        assert client.get_model_version_by_alias(model, "champion").version in (2, "2")


def test_who_loads_a_version_is_told_by_name_to_who_reads_the_model(model, user, sign_in, url):
    with sign_in(user):
        assert slope_of(f"models:/{model}@champion") == 2

    def loads(auth):
        ask = {"input": json.dumps({"name": model, "version": "2", "maxResults": 10})}
        return requests.get(f"{url}/trpc/registry/loads.list", params=ask, auth=auth, timeout=30)

    deadline = time.monotonic() + 60
    found = []
    while not found and time.monotonic() < deadline:
        answer = loads(ADMINISTRATOR)
        assert answer.status_code == 200, answer.text
        found = answer.json()["result"]["data"]["items"]
        time.sleep(0.2)
    (load,) = found
    assert (load["loader"]["kind"], load["loader"]["name"], load["loads"]) == ("user", user, 1)
    assert load["client"] == f"mlflow-python-client/{mlflow.__version__}"
    assert load["via"] == {"kind": "alias", "alias": "champion"}
    assert loads(None).status_code == 401


def test_who_edits_moves_aliases_and_makes_versions_but_no_stages(model, user, sign_in, administer):
    administer(
        "registered-models/permissions/create", {"name": model, "username": user, "permission": "EDIT"}
    )
    with sign_in(user):
        client = MlflowClient()
        within_seconds(lambda: client.set_registered_model_alias(model, "champion", "1"))
        # Of files that are there: to log new ones takes an experiment.
        client.create_model_version(model, client.get_model_version(model, "1").source)
        assert slope_of(f"models:/{model}/3") == 1
        client.transition_model_version_stage(model, "3", "Archived")
        refused(lambda: client.transition_model_version_stage(model, "3", "Staging"))
        refused(lambda: client.transition_model_version_stage(model, "1", "None"))
        refused(lambda: client.delete_model_version(model, "3"))


def test_who_manages_does_everything(model, user, sign_in, administer):
    administer(
        "registered-models/permissions/create", {"name": model, "username": user, "permission": "MANAGE"}
    )
    with sign_in(user):
        client = MlflowClient()
        within_seconds(
            lambda: client.transition_model_version_stage(model, "2", "Production", archive_existing_versions=True)
        )
        assert client.get_model_version(model, "1").current_stage == "Archived"
        assert slope_of(f"models:/{model}/Production") == 2
        client.delete_model_version(model, "1")
        client.delete_registered_model(model)


def within_seconds(act, seconds=5):
    """Every process may know of rights as they were half a second ago."""

    end = time.monotonic() + seconds
    while True:
        try:
            return act()
        except MlflowException as problem:
            if problem.error_code != "PERMISSION_DENIED" or time.monotonic() > end:
                raise
            time.sleep(0.05)
