import json
import time
import uuid

import mlflow
import numpy as np
import pytest
import requests
from conftest import URL, log_sklearn_model, only_mlflow_3
from mlflow.exceptions import MlflowException
from sklearn.linear_model import Ridge

EVEN = [[0.0], [1.0], [2.0]]


@pytest.fixture
def name():
    return f"registered {uuid.uuid4().hex[:8]}"


def train(slope):
    return Ridge(alpha=0).fit(EVEN, [slope * row[0] for row in EVEN])


def register(name, slope):
    with mlflow.start_run() as active:
        log_sklearn_model(train(slope), "model", registered_model_name=name)
    return active.info.run_id


def slope_of(uri):
    return float(np.round(mlflow.pyfunc.load_model(uri).predict([[1.0]])[0], 6))


def test_a_registered_model_is_loaded_by_each_form_of_its_name(client, experiment_id, name):
    run_ids = [register(name, slope) for slope in (1, 2, 3)]
    client.set_registered_model_alias(name, "champion", "2")
    client.transition_model_version_stage(name, "1", "production")
    assert slope_of(f"models:/{name}/3") == 3
    assert slope_of(f"models:/{name}@champion") == 2
    assert slope_of(f"models:/{name}/Production") == 1
    assert slope_of(f"models:/{name}/latest") == 3
    assert client.get_model_version_by_alias(name, "champion").run_id == run_ids[1]
    client.transition_model_version_stage(name, "3", "Production", archive_existing_versions=True)
    assert client.get_model_version(name, "1").current_stage == "Archived"
    assert [found.version for found in client.search_model_versions(f"run_id = '{run_ids[2]}'")] == ["3"]


def loads_of(name, version):
    """As the page of a version asks; the server writes down who loads what every few seconds."""
    ask = {"input": json.dumps({"name": name, "version": str(version), "maxResults": 100})}
    answer = requests.get(f"{URL}/trpc/registry/loads.list", params=ask, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]["data"]["items"]


def test_who_loads_a_version_is_known_with_what_and_by_which_name(client, experiment_id, name):
    for slope in (1, 2):
        register(name, slope)
    client.set_registered_model_alias(name, "champion", "2")
    client.transition_model_version_stage(name, "1", "Production")
    for _ in range(2):
        assert slope_of(f"models:/{name}@champion") == 2
    assert slope_of(f"models:/{name}/Production") == 1
    assert slope_of(f"models:/{name}/2") == 2
    deadline = time.monotonic() + 60
    while sum(load["loads"] for version in (1, 2) for load in loads_of(name, version)) < 4 and time.monotonic() < deadline:
        time.sleep(0.2)
    by_alias = [load for load in loads_of(name, 2) if load.get("via") == {"kind": "alias", "alias": "champion"}]
    by_number = [load for load in loads_of(name, 2) if "via" not in load]
    (by_stage,) = loads_of(name, 1)
    assert [load["loads"] for load in by_alias + by_number] == [2, 1]
    assert (by_stage["via"], by_stage["loads"]) == ({"kind": "stage", "stage": "Production"}, 1)
    for load in (*by_alias, *by_number, by_stage):
        assert load["loader"] == {"kind": "local-owner", "id": "local", "name": "Local owner"}
        assert load["client"] == f"mlflow-python-client/{mlflow.__version__}"


def test_what_a_run_logged_is_registered_later(client, experiment_id, name):
    with mlflow.start_run() as active:
        info = log_sklearn_model(train(4), "model")
    first = mlflow.register_model(f"runs:/{active.info.run_id}/model", name, tags={"team": "a"})
    second = mlflow.register_model(info.model_uri, name)
    assert [str(version.version) for version in (first, second)] == ["1", "2"]
    assert client.get_model_version(name, "1").tags == {"team": "a"}
    assert [slope_of(f"models:/{name}/{version}") for version in (1, 2)] == [4, 4]
    assert {client.get_model_version(name, str(version)).run_id for version in (1, 2)} == {active.info.run_id}


@only_mlflow_3
def test_a_logged_model_knows_its_versions_and_they_know_it(client, experiment_id, name):
    with mlflow.start_run():
        info = log_sklearn_model(train(5), "model", registered_model_name=name)
    listed = json.loads(client.get_logged_model(info.model_id).tags["mlflow.modelVersions"])
    # The client writes the version down as well, as text.
    assert {(version["name"], str(version["version"])) for version in listed} == {(name, "1")}
    copy = client.copy_model_version(f"models:/{name}/1", f"{name} copy")
    assert (copy.source, copy.run_id) == (f"models:/{name}/1", info.run_id)
    assert slope_of(f"models:/{name} copy/1") == 5


def test_files_of_a_version_come_from_the_server_too(client, experiment_id, name):
    register(name, 6)
    ask = {"name": name, "version": "1", "path": "MLmodel"}
    answer = requests.get(f"{URL}/model-versions/get-artifact", params=ask, timeout=30)
    assert answer.status_code == 200, answer.text
    assert "python_function" in answer.text
    missing = requests.get(f"{URL}/model-versions/get-artifact", params=ask | {"version": "2"}, timeout=30)
    assert (missing.status_code, missing.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")


def test_deleted_versions_and_models_are_gone_and_numbers_are_not_used_again(client, experiment_id, name):
    client.create_registered_model(name)
    for _ in range(2):
        make_version(client, name)
    client.set_registered_model_alias(name, "newest", "2")
    client.delete_model_version(name, "2")
    assert client.get_registered_model(name).aliases == {}
    assert str(make_version(client, name).version) == "3"
    client.delete_registered_model(name)
    with pytest.raises(MlflowException, match=f"Registered Model with name={name} not found"):
        client.get_registered_model(name)
    assert client.search_model_versions(f"name = '{name}'") == []
    client.create_registered_model(name)
    assert str(make_version(client, name).version) == "1"


def make_version(client, name):
    return client.create_model_version(name, "mlflow-artifacts:/somewhere/model")


@pytest.mark.parametrize(
    "source",
    ["/etc", "file:///etc/passwd", "mlflow-artifacts:/a/..%252f..", "s3://bucket/a/../b", "models:/m-nobody/../x"],
)
def test_sources_that_lead_elsewhere_are_refused(client, experiment_id, name, source):
    client.create_registered_model(name)
    run_id = client.create_run(experiment_id).info.run_id
    body = {"name": name, "source": source, "run_id": run_id}
    answer = requests.post(f"{URL}/api/2.0/mlflow/model-versions/create", json=body, timeout=30)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "Invalid model version source" in answer.json()["message"]
    assert client.search_model_versions(f"name = '{name}'") == []


@only_mlflow_3
def test_prompts_are_no_models(client, name):
    mlflow.genai.register_prompt(name=name.replace(" ", "-"), template="Say {{word}}")
    assert mlflow.genai.load_prompt(f"prompts:/{name.replace(' ', '-')}/1").template == "Say {{word}}"
    named = f"name = '{name.replace(' ', '-')}'"
    assert list(client.search_registered_models(named)) == []
    assert [prompt.name for prompt in client.search_prompts(named)] == [name.replace(" ", "-")]


def test_a_version_moves_into_a_stage_of_its_model_s_own_and_is_loaded_by_it(client, experiment_id, name):
    register(name, 4)
    with pytest.raises(MlflowException, match="Invalid Model Version stage: Shadow"):
        client.transition_model_version_stage(name, "1", "Shadow")
    stages = [{"name": "Shadow", "level": "staging"}]
    requests.post(
        f"{URL}/trpc/registry/stages.setOfModel", json={"model": name, "stages": stages}, timeout=30
    ).raise_for_status()
    client.transition_model_version_stage(name, "1", "shadow")
    assert client.get_model_version(name, "1").current_stage == "Shadow"
    assert slope_of(f"models:/{name}/Shadow") == 4
