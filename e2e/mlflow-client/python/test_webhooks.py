import base64
import hashlib
import hmac
import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import URL, only_mlflow_3
from mlflow.exceptions import MlflowException

pytestmark = only_mlflow_3

SECRET = "a secret between two"


@pytest.fixture
def receiver():
    """A server of one's own that keeps what it is told."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((dict(self.headers.items()), body))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"taken")

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.received = received
    server.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield server
    server.shutdown()


@pytest.fixture
def name():
    return f"hook-{uuid.uuid4().hex[:8]}"


def is_signed(headers, body):
    """As MLflow's documentation has receivers verify it."""
    content = f"{headers['X-MLflow-Delivery-Id']}.{headers['X-MLflow-Timestamp']}.{body.decode()}"
    expected = base64.b64encode(hmac.new(SECRET.encode(), content.encode(), hashlib.sha256).digest()).decode()
    return headers["X-MLflow-Signature"] == f"v1,{expected}"


def wait_for(check, seconds=60):
    until = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def test_webhooks_are_made_listed_changed_tried_and_deleted(client, receiver, name):
    made = client.create_webhook(
        name=name,
        url=receiver.url,
        events=["model_version.created", "model_version_alias.created"],
        description="first",
        secret=SECRET,
    )
    assert (made.name, made.status, made.secret) == (name, "ACTIVE", None)
    assert client.get_webhook(made.webhook_id).url == receiver.url
    assert made.webhook_id in [found.webhook_id for found in client.list_webhooks()]
    page = client.list_webhooks(max_results=1)
    assert len(page) == 1
    result = client.test_webhook(made.webhook_id)
    assert (result.success, result.response_status, result.response_body) == (True, 200, "taken")
    client.test_webhook(made.webhook_id, event="model_version_alias.created")
    payloads = [json.loads(body) for _, body in receiver.received]
    assert [f"{one['entity']}.{one['action']}" for one in payloads] == [
        "model_version.created",
        "model_version_alias.created",
    ]
    assert payloads[1]["data"] == {"name": "example_model", "alias": "example_alias", "version": "1"}
    assert all(is_signed(headers, body) for headers, body in receiver.received)
    changed = client.update_webhook(
        made.webhook_id, status="DISABLED", events=["registered_model.created"], description="second"
    )
    assert (changed.status, changed.description) == ("DISABLED", "second")
    assert [str(event) for event in changed.events] == ["registered_model.created"]
    client.delete_webhook(made.webhook_id)
    with pytest.raises(MlflowException, match="not found") as error:
        client.get_webhook(made.webhook_id)
    assert error.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_what_happens_in_the_registry_is_told_signed(client, receiver, name):
    hook = client.create_webhook(
        name=name,
        url=receiver.url,
        events=[
            "registered_model.created",
            "model_version.created",
            "model_version_tag.set",
            "model_version_alias.created",
            "model_version_alias.deleted",
        ],
        secret=SECRET,
    )
    model = f"told {uuid.uuid4().hex[:8]}"
    client.create_registered_model(model, tags={"team": "risk"}, description="d")
    client.create_model_version(model, source="s3://bucket/model", tags={"stage": "candidate"})
    client.set_model_version_tag(model, "1", "checked", "yes")
    client.set_registered_model_alias(model, "champion", "1")
    client.delete_registered_model_alias(model, "champion")

    def told():
        payloads = [json.loads(body) for _, body in list(receiver.received)]
        return {
            f"{one['entity']}.{one['action']}": one["data"]
            for one in payloads
            if one["data"].get("name") == model
        }

    wait_for(lambda: len(told()) == 5)
    assert told() == {
        "registered_model.created": {"name": model, "tags": {"team": "risk"}, "description": "d"},
        "model_version.created": {
            "name": model,
            "version": "1",
            "source": "s3://bucket/model",
            "run_id": None,
            "tags": {"stage": "candidate"},
            "description": None,
        },
        "model_version_tag.set": {"name": model, "version": "1", "key": "checked", "value": "yes"},
        "model_version_alias.created": {"name": model, "alias": "champion", "version": "1"},
        "model_version_alias.deleted": {"name": model, "alias": "champion"},
    }
    assert all(is_signed(headers, body) for headers, body in receiver.received)
    client.delete_webhook(hook.webhook_id)


def test_what_cannot_be_a_webhook_is_refused(client, name):
    for url in ["ftp://hooks.example.org", "not an address", "http://hooks.example.org/x"]:
        with pytest.raises(MlflowException) as error:
            client.create_webhook(name=name, url=url, events=["model_version.created"])
        assert error.value.error_code == "INVALID_PARAMETER_VALUE"
    with pytest.raises(MlflowException, match="must start and end"):
        client.create_webhook(name="-x", url="https://hooks.example.org", events=["model_version.created"])
    private = client.create_webhook(name=name, url="https://10.0.0.1/x", events=["model_version.created"])
    result = client.test_webhook(private.webhook_id)
    assert not result.success and "not on the public internet" in result.error_message
    client.delete_webhook(private.webhook_id)


def test_databricks_client_keeps_its_registry_webhooks(receiver):
    from databricks.sdk import WorkspaceClient
    from databricks.sdk.service.ml import HttpUrlSpec, RegistryWebhookEvent, RegistryWebhookStatus

    registry = WorkspaceClient(host=URL, token="none", auth_type="pat").model_registry
    model = f"model {uuid.uuid4().hex[:8]}"
    registry.create_model(model)
    made = registry.create_webhook(
        events=[RegistryWebhookEvent.MODEL_VERSION_TRANSITIONED_STAGE],
        http_url_spec=HttpUrlSpec(url=receiver.url, secret=SECRET, authorization="Bearer x"),
        model_name=model,
        description="transitions",
        status=RegistryWebhookStatus.TEST_MODE,
    ).webhook
    assert (made.model_name, made.http_url_spec.url, made.status.value) == (model, receiver.url, "TEST_MODE")
    assert [found.id for found in registry.list_webhooks(model_name=model)] == [made.id]
    assert registry.test_registry_webhook(made.id).status_code == 200
    headers, body = receiver.received[0]
    assert headers["Authorization"] == "Bearer x"
    assert headers["X-Databricks-Signature"] == hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    told = json.loads(body)
    assert (told["event"], told["model_name"], told["webhook_id"]) == (
        "MODEL_VERSION_TRANSITIONED_STAGE",
        model,
        made.id,
    )
    changed = registry.update_webhook(
        made.id, events=[RegistryWebhookEvent.COMMENT_CREATED], status=RegistryWebhookStatus.ACTIVE
    ).webhook
    assert (changed.events, changed.status.value) == ([RegistryWebhookEvent.COMMENT_CREATED], "ACTIVE")
    registry.delete_webhook(id=made.id)
    assert list(registry.list_webhooks(model_name=model)) == []
