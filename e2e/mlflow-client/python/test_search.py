import math
import uuid

import mlflow
import pytest
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

RUNS = {
    "alpha": dict(acc=0.9, loss=0.1, model="resnet", lr="0.1", team="vision", note="it's fine", start=1_000),
    "beta": dict(acc=0.8, loss=0.5, model="ResNet-50", lr="0.01", team="speech", note=None, start=2_000),
    "gamma": dict(acc=math.nan, loss=1e9, model="vit", lr=None, team="vision", note="100%_done", start=3_000),
    "delta": dict(acc=None, loss=-3.0, model="mlp", lr="0.1", team=None, note=None, start=4_000),
}


@pytest.fixture(scope="module")
def searched():
    """An experiment with the runs above; the id of each by its name."""
    client = mlflow.MlflowClient()
    experiment_id = client.create_experiment(f"search {uuid.uuid4().hex}")
    ids = {}
    for name, given in RUNS.items():
        run = client.create_run(experiment_id, start_time=given["start"], run_name=name)
        ids[name] = run.info.run_id
        metrics = {key: given[key] for key in ("acc", "loss") if given[key] is not None}
        params = {key: given[key] for key in ("model", "lr") if given[key] is not None}
        tags = {key: given[key] for key in ("team", "note") if given[key] is not None}
        client.log_batch(
            run.info.run_id,
            [Metric(key, value, 1, 0) for key, value in metrics.items()],
            [Param(key, value) for key, value in params.items()],
            [RunTag(key, value) for key, value in tags.items()],
        )
        client.log_metric(run.info.run_id, "odd key/1", given["loss"])
        status = "FAILED" if name == "beta" else "FINISHED"
        client.set_terminated(run.info.run_id, status, end_time=given["start"] + 500)
    return experiment_id, ids


@pytest.mark.parametrize(
    ("filter_string", "expected"),
    [
        ("", "alpha beta gamma delta"),
        ("metrics.acc > 0.8", "alpha"),
        ("metrics.acc >= 0.8", "alpha beta"),
        ("metrics.acc < 0.9", "beta"),
        ("metrics.acc <= 0.9", "alpha beta"),
        ("metrics.acc = 0.9", "alpha"),
        ("metrics.loss != 0.5", "alpha gamma delta"),
        ("metric.loss > 1e8", "gamma"),
        ("metrics.loss < -2.5", "delta"),
        ("metrics.`odd key/1` > 0 AND metrics.acc > 0", "alpha beta"),
        ('metrics."odd key/1" < 0', "delta"),
        ("params.model = 'resnet'", "alpha"),
        ("params.model != 'resnet'", "beta gamma delta"),
        ("params.lr != '0.01'", "alpha delta"),
        ("params.model LIKE 'res%'", "alpha"),
        ("params.model ILIKE 'res%'", "alpha beta"),
        ("param.model LIKE '_i_'", "gamma"),
        ('parameters.lr = "0.1"', "alpha delta"),
        ("tags.team = 'vision'", "alpha gamma"),
        ("tags.team != 'vision'", "beta"),
        ("tag.team LIKE '%ee%'", "beta"),
        ("tags.team ILIKE 'VIS%'", "alpha gamma"),
        ("tags.note = \"it's fine\"", "alpha"),
        ("tags.note LIKE '100%'", "gamma"),
        ("attributes.status = 'FAILED'", "beta"),
        ("status != 'FAILED'", "alpha gamma delta"),
        ("attributes.run_name = 'alpha'", "alpha"),
        ("run_name LIKE '%a'", "alpha beta gamma delta"),
        ("run.run_name ILIKE 'GAM%'", "gamma"),
        ("start_time > 2000", "gamma delta"),
        ("attributes.start_time <= 2000 AND attr.end_time >= 2500", "beta"),
        ("created >= 4000", "delta"),
        ("params.lr = '0.1' and tags.team = 'vision' and metrics.acc > 0.5", "alpha"),
    ],
)
def test_filters(client, searched, filter_string, expected):
    experiment_id, _ids = searched
    found = client.search_runs([experiment_id], filter_string)
    assert sorted(run.info.run_name for run in found) == sorted(expected.split())


def test_lists_of_run_ids(client, searched):
    experiment_id, ids = searched
    listed = f"('{ids['alpha']}', '{ids['delta']}')"
    for filter_string, expected in [
        (f"attributes.run_id IN {listed}", ["alpha", "delta"]),
        (f"run_id NOT IN {listed}", ["beta", "gamma"]),
        (f"run_id = '{ids['beta']}'", ["beta"]),
    ]:
        found = client.search_runs([experiment_id], filter_string)
        assert sorted(run.info.run_name for run in found) == expected


@pytest.mark.parametrize(
    ("filter_string", "expected"),
    [("params.lr IS NULL", "gamma"), ("tags.team IS NOT NULL", "alpha beta gamma")],
)
def test_absence(client, searched, filter_string, expected):
    experiment_id, _ids = searched
    found = client.search_runs([experiment_id], filter_string)
    assert sorted(run.info.run_name for run in found) == sorted(expected.split())


@pytest.mark.parametrize(
    ("order_by", "expected"),
    [
        (None, "delta gamma beta alpha"),
        (["start_time ASC"], "alpha beta gamma delta"),
        (["metrics.loss DESC"], "gamma beta alpha delta"),
        # NaN, then what has none, at the end whichever the direction; ties go to the latest start.
        (["metrics.acc ASC"], "beta alpha gamma delta"),
        (["metrics.acc DESC"], "alpha beta gamma delta"),
        (["params.lr", "metrics.loss DESC"], "beta alpha delta gamma"),
        (["tags.team DESC", "attributes.start_time ASC"], "alpha gamma beta delta"),
        (["attributes.run_name DESC"], "gamma delta beta alpha"),
    ],
)
def test_order(client, searched, order_by, expected):
    experiment_id, _ids = searched
    found = client.search_runs([experiment_id], order_by=order_by)
    assert [run.info.run_name for run in found] == expected.split()


def test_pages(client, searched):
    experiment_id, _ids = searched
    names, token = [], None
    while True:
        page = client.search_runs([experiment_id], max_results=1, order_by=["start_time"], page_token=token)
        names += [run.info.run_name for run in page]
        token = page.token
        if not token:
            break
    assert names == list(RUNS)


def test_a_data_frame_of_runs(searched):
    experiment_id, ids = searched
    frame = mlflow.search_runs([experiment_id], order_by=["start_time ASC"], run_view_type=ViewType.ALL)
    assert frame["run_id"].tolist() == list(ids.values())
    assert frame["metrics.loss"].tolist() == [0.1, 0.5, 1e9, -3.0]
    assert frame["params.model"].tolist() == ["resnet", "ResNet-50", "vit", "mlp"]


@pytest.mark.parametrize(
    "filter_string",
    ["metrics.acc > 'x'", "nothing.acc > 1", "params.lr = 0.1", "metrics.acc >", "status LIKE", "a b c", "params.x ! 1"],
)
def test_filters_that_make_no_sense(client, searched, filter_string):
    experiment_id, _ids = searched
    with pytest.raises(MlflowException) as error:
        client.search_runs([experiment_id], filter_string)
    assert error.value.error_code == "INVALID_PARAMETER_VALUE"
