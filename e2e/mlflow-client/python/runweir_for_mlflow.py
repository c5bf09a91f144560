"""A pytest plugin for MLflow's own suite: where a test starts `mlflow server`, it gets a Runweir of its own.

RUNWEIR_START holds the command as JSON. Of MLflow's settings, the one that has a counterpart is handed on.
"""

import json
import os
import shutil
import subprocess
import tempfile

import pytest

COUNTERPARTS = {"MLFLOW_CREATE_MODEL_VERSION_SOURCE_VALIDATION_REGEX": "RUNWEIR_MODEL_SOURCES"}


@pytest.fixture(autouse=True)
def runweir_for_mlflow(monkeypatch):
    folders = []

    class Popen(subprocess.Popen):
        def __init__(self, args, *rest, **options):
            if isinstance(args, list) and args[1:4] == ["-m", "mlflow", "server"]:
                folders.append(tempfile.mkdtemp(prefix="runweir-for-mlflow-"))
                # The database may run as a user of its own, who must be able to enter.
                os.chmod(folders[-1], 0o755)
                port = args[args.index("--port") + 1]
                args = [*json.loads(os.environ["RUNWEIR_START"]), "--port", port, "--data", folders[-1]]
                given = options.get("env") or os.environ
                known = {ours: given[theirs] for theirs, ours in COUNTERPARTS.items() if theirs in given}
                options["env"] = {**given, **known}
            super().__init__(args, *rest, **options)

    monkeypatch.setattr(subprocess, "Popen", Popen)
    yield
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
