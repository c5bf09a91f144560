import mlflow
import numpy as np
import pytest
from sklearn.datasets import load_iris, make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, train_test_split


@pytest.fixture
def autolog():
    enabled = []

    def enable(flavor, **options):
        enabled.append(flavor)
        flavor.autolog(**options)

    yield enable
    for flavor in enabled:
        flavor.autolog(disable=True)


def artifact_names(client, run_id):
    return {entry.path for entry in client.list_artifacts(run_id)}


def test_sklearn_autolog_logs_params_scores_plots_dataset_and_model(client, experiment_id, autolog):
    import mlflow.sklearn

    autolog(mlflow.sklearn)
    features, labels = load_iris(return_X_y=True, as_frame=True)
    with mlflow.start_run() as active:
        model = LogisticRegression(max_iter=300, C=0.5).fit(features, labels)
    run = client.get_run(active.info.run_id)
    assert run.info.status == "FINISHED"
    assert run.data.params["C"] == "0.5"
    assert run.data.params["max_iter"] == "300"
    assert run.data.metrics["training_accuracy_score"] == pytest.approx(model.score(features, labels))
    assert run.data.tags["estimator_name"] == "LogisticRegression"
    assert {"training_confusion_matrix.png", "estimator.html"} <= artifact_names(client, active.info.run_id)
    [dataset_input] = run.inputs.dataset_inputs
    assert dataset_input.dataset.name == "dataset"
    assert [(tag.key, tag.value) for tag in dataset_input.tags] == [("mlflow.data.context", "train")]
    loaded = mlflow.sklearn.load_model(f"runs:/{active.info.run_id}/model")
    assert np.array_equal(loaded.predict(features), model.predict(features))


def test_sklearn_autolog_makes_child_runs_of_a_grid_search(client, experiment_id, autolog):
    import mlflow.sklearn

    autolog(mlflow.sklearn, log_models=False, max_tuning_runs=3)
    features, labels = load_iris(return_X_y=True)
    with mlflow.start_run() as parent:
        GridSearchCV(LogisticRegression(max_iter=300), {"C": [0.1, 1.0, 10.0]}, cv=2).fit(features, labels)
    children = client.search_runs([experiment_id], f"tags.mlflow.parentRunId = '{parent.info.run_id}'")
    assert sorted(child.data.params["C"] for child in children) == ["0.1", "1.0", "10.0"]
    assert all("mean_test_score" in child.data.metrics for child in children)
    assert "best_C" in client.get_run(parent.info.run_id).data.params


def test_xgboost_autolog_logs_the_validation_curve(client, experiment_id, autolog):
    import mlflow.xgboost
    import xgboost

    autolog(mlflow.xgboost, log_datasets=True)
    features, labels = make_classification(400, 8, random_state=1)
    parts = train_test_split(features, labels, random_state=1)
    train = xgboost.DMatrix(parts[0], parts[2])
    validation = xgboost.DMatrix(parts[1], parts[3])
    evaluations = {}
    with mlflow.start_run() as active:
        xgboost.train(
            {"objective": "binary:logistic", "eval_metric": "logloss", "max_depth": 3},
            train,
            num_boost_round=25,
            evals=[(train, "train"), (validation, "validation")],
            evals_result=evaluations,
            verbose_eval=False,
        )
    run_id = active.info.run_id
    history = client.get_metric_history(run_id, "validation-logloss")
    assert [point.step for point in history] == list(range(25))
    assert [point.value for point in history] == pytest.approx(evaluations["validation"]["logloss"])
    assert client.get_run(run_id).data.params["max_depth"] == "3"
    assert "feature_importance_weight.json" in artifact_names(client, run_id)
    loaded = mlflow.xgboost.load_model(f"runs:/{run_id}/model")
    assert loaded.num_boosted_rounds() == 25
