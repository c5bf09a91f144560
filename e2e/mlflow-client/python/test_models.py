import mlflow
import numpy as np
import pytest
from conftest import log_sklearn_model, only_mlflow_3
from mlflow.exceptions import MlflowException
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge


@pytest.fixture(scope="module")
def trained():
    features, target = load_diabetes(return_X_y=True, as_frame=True)
    return Ridge().fit(features, target), features


def test_a_logged_model_comes_back_as_it_was(experiment_id, trained):
    model, features = trained
    with mlflow.start_run() as active:
        info = log_sklearn_model(model, "ridge", input_example=features.head(2))
    assert info.signature is not None
    for uri in (info.model_uri, f"runs:/{active.info.run_id}/ridge"):
        loaded = mlflow.sklearn.load_model(uri)
        assert np.array_equal(loaded.coef_, model.coef_)
    scores = mlflow.pyfunc.load_model(info.model_uri).predict(features.head(5))
    assert np.allclose(scores, model.predict(features.head(5)))


@only_mlflow_3
def test_a_logged_model_is_an_entity_of_its_own(client, experiment_id, trained):
    model, _features = trained
    with mlflow.start_run() as active:
        info = log_sklearn_model(model, "ridge", params={"alpha": 1})
        mlflow.log_metric("rmse", 53.5, model_id=info.model_id)
    run_id = active.info.run_id
    logged = client.get_logged_model(info.model_id)
    assert logged.status == "READY"
    assert logged.source_run_id == run_id
    assert logged.params["alpha"] == "1"
    assert [(metric.key, metric.value, metric.run_id) for metric in logged.metrics] == [("rmse", 53.5, run_id)]
    assert [output.model_id for output in client.get_run(run_id).outputs.model_outputs] == [info.model_id]
    found = client.search_logged_models([experiment_id], filter_string="metrics.rmse > 50 AND name = 'ridge'")
    assert [found_model.model_id for found_model in found] == [info.model_id]
    client.set_logged_model_tags(info.model_id, {"stage": "candidate"})
    assert client.get_logged_model(info.model_id).tags["stage"] == "candidate"
    client.delete_logged_model_tag(info.model_id, "stage")
    assert "stage" not in client.get_logged_model(info.model_id).tags
    client.delete_logged_model(info.model_id)
    with pytest.raises(MlflowException, match="not found"):
        client.get_logged_model(info.model_id)


@only_mlflow_3
def test_logged_models_are_found_by_page_and_order(client, experiment_id):
    for index in range(5):
        client.create_logged_model(experiment_id, name=f"model-{index}", params={"index": str(index)})
    names, token = [], None
    while True:
        page = client.search_logged_models(
            [experiment_id],
            max_results=2,
            order_by=[{"field_name": "name", "ascending": False}],
            page_token=token,
        )
        names += [model.name for model in page]
        token = page.token
        if not token:
            break
    assert names == [f"model-{index}" for index in (4, 3, 2, 1, 0)]
