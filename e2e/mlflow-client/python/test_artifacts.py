import json
from pathlib import Path

import matplotlib
import mlflow
import numpy as np
import pandas as pd
import pytest
from conftest import MAJOR

matplotlib.use("Agg")


def paths_below(client, run_id, path=None):
    found = []
    for entry in client.list_artifacts(run_id, path):
        found += paths_below(client, run_id, entry.path) if entry.is_dir else [(entry.path, entry.file_size)]
    return sorted(found)


def test_a_folder_of_files_goes_up_and_comes_back(client, experiment_id, tmp_path):
    files = {
        "readme.md": b"# hello\n",
        "deep/er/data.bin": np.random.default_rng(1).bytes(3_000_000),
        "deep/empty.txt": b"",
        "names/with space & ümlaut+1.txt": b"odd name",
    }
    for path, content in files.items():
        file = tmp_path / "up" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with mlflow.start_run() as active:
        mlflow.log_artifacts(str(tmp_path / "up"), "folder")
        mlflow.log_artifact(str(tmp_path / "up/readme.md"))
    run_id = active.info.run_id
    assert paths_below(client, run_id) == sorted(
        [("readme.md", 8), *((f"folder/{path}", len(content)) for path, content in files.items())]
    )
    down = Path(mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="folder", dst_path=str(tmp_path)))
    assert {path: (down / path).read_bytes() for path in files} == files


def test_a_large_file_goes_up_in_parts(client, experiment_id, tmp_path, monkeypatch):
    from mlflow.store.artifact.mlflow_artifacts_repo import MlflowArtifactsRepository

    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE", str(5 * 1024**2))
    monkeypatch.setenv("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", str(5 * 1024**2))
    if MAJOR < 3:  # later clients ask the server whether it takes parts
        monkeypatch.setenv("MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD", "true")
    started = []
    create = MlflowArtifactsRepository.create_multipart_upload

    def create_and_remember(self, *args, **options):
        started.append(args)
        return create(self, *args, **options)

    monkeypatch.setattr(MlflowArtifactsRepository, "create_multipart_upload", create_and_remember)
    content = np.random.default_rng(3).bytes(17 * 1024**2)
    (tmp_path / "weights.bin").write_bytes(content)
    with mlflow.start_run() as active:
        mlflow.log_artifact(str(tmp_path / "weights.bin"), "checkpoints")
    assert len(started) == 1
    run_id = active.info.run_id
    down = mlflow.artifacts.download_artifacts(
        run_id=run_id, artifact_path="checkpoints/weights.bin", dst_path=str(tmp_path / "down")
    )
    assert Path(down).read_bytes() == content
    assert paths_below(client, run_id) == [("checkpoints/weights.bin", len(content))]


def test_text_and_dicts(experiment_id):
    with mlflow.start_run() as active:
        mlflow.log_text("<b>größe</b>", "pages/index.html")
        mlflow.log_dict({"a": [1, None]}, "config.json")
    uri = active.info.artifact_uri
    assert mlflow.artifacts.load_text(f"{uri}/pages/index.html") == "<b>größe</b>"
    assert mlflow.artifacts.load_dict(f"{uri}/config.json") == {"a": [1, None]}


def test_figures(client, experiment_id):
    from matplotlib import pyplot

    figure, axes = pyplot.subplots()
    axes.plot([1, 3, 2])
    with mlflow.start_run() as active:
        mlflow.log_figure(figure, "plots/curve.png")
        mlflow.log_figure(figure, "plots/curve.svg")
    pyplot.close(figure)
    paths = [path for path, size in paths_below(client, active.info.run_id) if size > 0]
    assert paths == ["plots/curve.png", "plots/curve.svg"]
    assert mlflow.artifacts.load_image(f"{active.info.artifact_uri}/plots/curve.png").size == (640, 480)


def test_images_by_step(client, experiment_id):
    with mlflow.start_run() as active:
        for step in range(3):
            mlflow.log_image(np.full((8, 6, 3), step * 40, dtype=np.uint8), key="sample", step=step)
        mlflow.log_image(np.zeros((4, 4), dtype=np.uint8), "plain.png")
        mlflow.flush_artifact_async_logging()
        mlflow.flush_async_logging()
    run_id = active.info.run_id
    names = [path for path, _size in paths_below(client, run_id)]
    for step in range(3):
        matching = [name for name in names if name.startswith(f"images/sample%step%{step}%") or name.startswith(f"images/sample+step+{step}+")]
        assert sorted(Path(name).suffix for name in matching) == [".png", ".webp"]
    assert "plain.png" in names
    assert client.get_run(run_id).data.tags["mlflow.loggedImages"] == "True"


def test_tables_grow(client, experiment_id):
    first = pd.DataFrame({"prompt": ["a", "b"], "score": [0.5, None]})
    with mlflow.start_run() as active:
        mlflow.log_table(first, "eval.json")
        mlflow.log_table({"prompt": ["c"], "score": [1.0]}, "eval.json")
    table = mlflow.load_table("eval.json", run_ids=[active.info.run_id])
    assert table["prompt"].tolist() == ["a", "b", "c"]
    tag = json.loads(client.get_run(active.info.run_id).data.tags["mlflow.loggedArtifacts"])
    assert tag == [{"path": "eval.json", "type": "table"}]


def test_dataset_inputs(client, experiment_id):
    frame = pd.DataFrame({"x": [1.0, 2.0], "y": [0, 1]})
    train = mlflow.data.from_pandas(frame, source="file:///data/train.csv", name="animals", targets="y")
    with mlflow.start_run() as active:
        mlflow.log_input(train, context="training", tags={"split": "1"})
        mlflow.log_input(train, context="training", tags={"split": "1"})
    [logged] = client.get_run(active.info.run_id).inputs.dataset_inputs
    assert (logged.dataset.name, logged.dataset.digest) == ("animals", train.digest)
    assert json.loads(logged.dataset.schema)["mlflow_colspec"][0]["name"] == "x"
    assert {tag.key: tag.value for tag in logged.tags} == {"mlflow.data.context": "training", "split": "1"}
    found = client.search_runs([experiment_id], "dataset.name = 'animals' AND dataset.context = 'training'")
    assert [run.info.run_id for run in found] == [active.info.run_id]
    assert mlflow.data.get_source(logged.dataset).to_dict()["uri"] == "file:///data/train.csv"


@pytest.mark.parametrize("path", ["../escape.txt", "/etc/passwd", "a/../../b"])
def test_artifacts_stay_in_their_run(client, experiment_id, tmp_path, path):
    file = tmp_path / "file.txt"
    file.write_text("x")
    run_id = client.create_run(experiment_id).info.run_id
    with pytest.raises(Exception, match="(?i)invalid"):
        client.list_artifacts(run_id, path)
