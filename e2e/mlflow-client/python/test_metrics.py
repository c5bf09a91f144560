import math
import time

import mlflow
import numpy as np
import pytest
from mlflow.entities import Metric


def wait_until(condition, seconds=60):
    """The condition's first true value; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.05)
    pytest.fail(f"nothing happened within {seconds} s")


def test_a_history_of_100_000_points_comes_back_whole_and_in_order(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    values = np.random.default_rng(7).normal(size=100_000)
    for start in range(0, 100_000, 1_000):
        client.log_batch(
            run_id,
            metrics=[Metric("loss", float(values[step]), 1_000_000 + step, step) for step in range(start, start + 1_000)],
        )
    history = client.get_metric_history(run_id, "loss")
    assert [point.step for point in history] == list(range(100_000))
    assert np.array_equal([point.value for point in history], values)
    assert history[-1].timestamp == 1_099_999
    assert client.get_run(run_id).data.metrics["loss"] == values[-1]


def test_values_that_json_has_no_number_for_survive(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    values = [math.nan, math.inf, -math.inf, 0.1, -0.0, 5e-324, 1.7976931348623157e308, 1e16 + 2]
    for step, value in enumerate(values):
        client.log_metric(run_id, "odd", value, timestamp=1, step=step)
    history = client.get_metric_history(run_id, "odd")
    assert [point.step for point in history] == list(range(len(values)))
    for point, value in zip(history, values, strict=True):
        assert point.value == value or (math.isnan(point.value) and math.isnan(value))
    client.log_metric(run_id, "last is nan", math.nan)
    assert math.isnan(client.get_run(run_id).data.metrics["last is nan"])


def test_the_latest_value_is_that_of_the_greatest_step(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    for step, timestamp, value in [(2, 10, 0.2), (0, 99, 0.9), (2, 11, 0.3), (2, 11, 0.25), (-1, 200, 1.0)]:
        client.log_metric(run_id, "m", value, timestamp=timestamp, step=step)
    assert client.get_run(run_id).data.metrics == {"m": 0.3}


def test_a_point_sent_twice_is_one_point(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    points = [Metric("m", step / 7, 5, step) for step in range(100)] + [Metric("m", math.nan, 5, 100)]
    for _ in range(2):
        client.log_batch(run_id, metrics=points)
    assert [point.step for point in client.get_metric_history(run_id, "m")] == list(range(101))


def test_async_logging_loses_nothing(client, experiment_id):
    with mlflow.start_run() as active:
        for step in range(2_000):
            mlflow.log_metric("loss", step / 3, step=step, synchronous=False)
        mlflow.log_params({f"p{index}": index for index in range(50)}, synchronous=False)
        mlflow.set_tag("kind", "async", synchronous=False).wait()
        mlflow.flush_async_logging()
    run = client.get_run(active.info.run_id)
    history = client.get_metric_history(active.info.run_id, "loss")
    assert [(point.step, point.value) for point in sorted(history, key=lambda point: point.step)] == [
        (step, step / 3) for step in range(2_000)
    ]
    assert run.data.params == {f"p{index}": str(index) for index in range(50)}
    assert run.data.tags["kind"] == "async"


def test_system_metrics_arrive_while_the_run_goes_on(client, experiment_id):
    mlflow.set_system_metrics_sampling_interval(0.2)
    mlflow.set_system_metrics_samples_before_logging(1)
    try:
        with mlflow.start_run(log_system_metrics=True) as active:
            run_id = active.info.run_id
            wait_until(lambda: len(client.get_metric_history(run_id, "system/cpu_utilization_percentage")) >= 2)
        metrics = client.get_run(run_id).data.metrics
        assert 0 < metrics["system/system_memory_usage_percentage"] <= 100
    finally:
        mlflow.set_system_metrics_sampling_interval(None)
        mlflow.set_system_metrics_samples_before_logging(None)


def test_many_keys_in_one_batch(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    metrics = [Metric(f"layer {index}/grad norm", index * 0.5, 1, 0) for index in range(1_000)]
    client.log_batch(run_id, metrics=metrics)
    assert client.get_run(run_id).data.metrics == {metric.key: metric.value for metric in metrics}
