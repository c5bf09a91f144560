"""What a client must not send: each answer is an MLflow error that says what is wrong, and the server goes on."""

import json

import pytest
import requests
from conftest import URL

API = f"{URL}/api/2.0/mlflow"


@pytest.fixture
def run_id(client, experiment_id):
    return client.create_run(experiment_id).info.run_id


def post(path, body):
    return requests.post(f"{API}/{path}", json=body, timeout=60)


def post_text(path, text, content_type="application/json"):
    return requests.post(f"{API}/{path}", data=text, headers={"content-type": content_type}, timeout=120)


def assert_refused(response, message, status=400, code="INVALID_PARAMETER_VALUE"):
    assert (response.status_code, response.json()["error_code"]) == (status, code)
    assert message in response.json()["message"]
    assert requests.get(f"{URL}/health", timeout=10).text == "OK"


@pytest.mark.parametrize("text", ["{bad", '{"run_id": ', "{'run_id': 'x'}", "\x00", '{"a":1}}'])
def test_malformed_json(text):
    assert_refused(post_text("runs/log-metric", text), "not valid JSON")


@pytest.mark.parametrize("text", ["[]", "5", "true", '"[]"'])
def test_json_that_is_no_object(text):
    assert_refused(post_text("runs/log-metric", text), "Expected an object")


def test_another_content_type():
    assert_refused(post_text("runs/log-metric", "run_id=x", "text/plain"), "Content-Type must be one of")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("run_id", 31, "Invalid value 31 for parameter 'run_id' supplied"),
        ("key", ["a"], "Invalid value [\"a\"] for parameter 'key' supplied"),
        ("value", "abc", "Invalid value \"abc\" for parameter 'value' supplied"),
        ("value", True, "Invalid value true for parameter 'value' supplied"),
        ("timestamp", 1.5, "Invalid value 1.5 for parameter 'timestamp' supplied"),
        ("timestamp", -1, "Invalid value -1 for parameter 'timestamp' supplied"),
        ("timestamp", 2**63, "Invalid value 9223372036854775808 for parameter 'timestamp' supplied"),
        ("step", "foo", "Invalid value \"foo\" for parameter 'step' supplied"),
        ("step", {}, "Invalid value {} for parameter 'step' supplied"),
        ("key", None, "Missing value for required parameter 'key'"),
        ("key", "../up", "Invalid value \"../up\" for parameter"),
        ("key", "k" * 251, "exceeds the maximum length of 250"),
        ("key", "nul\0", "Invalid value"),
    ],
)
def test_wrong_values(run_id, field, value, message):
    metric = {"run_id": run_id, "key": "m", "value": 1.0, "timestamp": 1, "step": 0, field: value}
    assert_refused(post("runs/log-metric", metric), message)


@pytest.mark.parametrize(
    ("kind", "item", "message"),
    [
        ("metrics", "a", "'metrics[0]'"),
        ("metrics", {"key": "m", "value": 1}, "Missing value for required parameter 'metrics[0].timestamp'"),
        ("metrics", {"key": "m", "value": "x", "timestamp": 1}, "'metrics[0].value'"),
        ("params", {"key": "p", "value": 3}, "'params[0].value'"),
        ("params", {"value": "3"}, "Missing value for required parameter 'params[0].key'"),
        ("tags", {"key": "t", "value": "nul\0"}, "NUL"),
        ("tags", None, "'tags[0]'"),
    ],
)
def test_wrong_items_of_a_batch_leave_nothing_behind(client, run_id, kind, item, message):
    batch = {"run_id": run_id, "params": [{"key": "good", "value": "1"}], "metrics": [], "tags": []}
    batch[kind] = [item, *batch[kind]]
    assert_refused(post("runs/log-batch", batch), message)
    assert client.get_run(run_id).data.params == {}


@pytest.mark.parametrize(("kind", "limit"), [("metrics", 1_000), ("params", 100), ("tags", 100)])
def test_batches_over_the_limits(run_id, kind, limit):
    items = [{"key": f"k{index}", "value": "1", "timestamp": 1} for index in range(limit + 1)]
    response = post("runs/log-batch", {"run_id": run_id, kind: items})
    assert_refused(response, f"can contain at most {limit} {kind}. Got {limit + 1} {kind}.")


def test_names_that_are_too_long(experiment_id):
    assert_refused(post("experiments/create", {"name": "n" * 501}), "exceeds the maximum length")
    response = post("logged-models", {"experiment_id": experiment_id, "name": "a/b"})
    assert_refused(response, "cannot contain the following characters")


def test_long_values_are_cut(client, run_id):
    assert post("runs/log-parameter", {"run_id": run_id, "key": "p", "value": "v" * 7_000}).status_code == 200
    assert client.get_run(run_id).data.params["p"] == "v" * 6_000


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("runs/log-metric", {"key": "m", "value": 1, "timestamp": 1}),
        ("runs/log-batch", {"tags": [{"key": "a", "value": "b"}]}),
        ("runs/log-parameter", {"key": "p", "value": "1"}),
        ("runs/set-tag", {"key": "t", "value": "1"}),
        ("runs/update", {"status": "FINISHED"}),
    ],
)
def test_runs_that_are_not_there_or_deleted(client, run_id, path, body):
    response = post(path, {"run_id": "0" * 32, **body})
    assert_refused(response, f"Run with id={'0' * 32} not found", 404, "RESOURCE_DOES_NOT_EXIST")
    client.delete_run(run_id)
    assert_refused(post(path, {"run_id": run_id, **body}), "must be in the 'active' state. Current state is deleted.")


@pytest.mark.parametrize("run_id", ["nul\0", "'; DROP TABLE runs --", "../..", "x" * 10_000])
def test_run_ids_that_never_were(run_id):
    response = requests.get(f"{API}/runs/get", params={"run_id": run_id}, timeout=60)
    assert response.status_code in (400, 404)
    assert response.json()["error_code"] in ("INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST")


def test_experiments_that_are_not_there(client, experiment_id):
    for response in (
        requests.get(f"{API}/experiments/get", params={"experiment_id": "999999999"}, timeout=60),
        post("runs/create", {"experiment_id": "999999999"}),
    ):
        assert_refused(response, "No Experiment with id=999999999 exists", 404, "RESOURCE_DOES_NOT_EXIST")
    assert_refused(post("runs/create", {"experiment_id": "abc"}), "Invalid experiment ID 'abc'")
    name = client.get_experiment(experiment_id).name
    assert_refused(post("experiments/create", {"name": name}), "already exists", code="RESOURCE_ALREADY_EXISTS")
    client.delete_experiment(experiment_id)
    assert_refused(post("runs/create", {"experiment_id": experiment_id}), "must be in the 'active' state")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"max_results": 123456789}, "Invalid value 123456789 for parameter 'max_results' supplied"),
        ({"max_results": 0}, "positive integer"),
        ({"page_token": "zz"}, "Invalid page token"),
        ({"run_view_type": "SOME"}, "one of ACTIVE_ONLY, DELETED_ONLY, ALL"),
        ({"filter": "x" * 100_000}, ""),
        ({"filter": "tags.a = 'nul\0'"}, ""),
        ({"order_by": [1]}, "'order_by[0]'"),
    ],
)
def test_searches_that_make_no_sense(experiment_id, body, message):
    assert_refused(post("runs/search", {"experiment_ids": [experiment_id], **body}), message)


def test_a_body_of_100_megabytes():
    text = json.dumps({"run_id": "x", "key": "k", "value": "v" * 100_000_000})
    assert_refused(post_text("runs/log-parameter", text), "too large", 413, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/2.0/mlflow/nothing"), ("POST", "/ajax-api/3.0/mlflow/nothing"), ("GET", "/api/2.0/mlflow/runs/create")],
)
def test_endpoints_that_are_not_there(method, path):
    response = requests.request(method, f"{URL}{path}", timeout=60)
    assert (response.status_code, response.json()["error_code"]) == (404, "ENDPOINT_NOT_FOUND")


def test_bare_nan_as_python_writes_it(client, run_id):
    text = f'{{"run_id":"{run_id}","metrics":[{{"key":"a","value":NaN,"timestamp":1}},{{"key":"b","value":-Infinity,"timestamp":1}}]}}'
    assert post_text("runs/log-batch", text).json() == {}
    metrics = client.get_run(run_id).data.metrics
    assert metrics["a"] != metrics["a"]
    assert metrics["b"] == float("-inf")
