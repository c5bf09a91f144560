"""Databricks' own client, unchanged: requests for stages, comments and permissions, as people with different rights."""

import os
import time
import uuid

import pytest
from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import NotFound, PermissionDenied
from databricks.sdk.service.ml import (
    Activity,
    ActivityType,
    RegisteredModelAccessControlRequest,
    RegisteredModelPermissionLevel,
)
from mlflow.server.auth.client import AuthServiceClient

URL = os.environ["MLFLOW_TRACKING_URI"]
ADMINISTRATOR = (os.environ["RUNWEIR_TEST_USERNAME"], os.environ["RUNWEIR_TEST_PASSWORD"])
PASSWORD = "long enough for 12"


def registry_of(username, password):
    client = WorkspaceClient(host=URL, username=username, password=password, auth_type="basic")
    return client.model_registry


@pytest.fixture
def admin():
    return registry_of(*ADMINISTRATOR)


@pytest.fixture
def username(monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_TOKEN", raising=False)
    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", ADMINISTRATOR[0])
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", ADMINISTRATOR[1])
    name = f"scientist-{uuid.uuid4().hex[:8]}"
    AuthServiceClient(URL).create_user(name, PASSWORD)
    return name


@pytest.fixture
def scientist(username):
    return registry_of(username, PASSWORD)


@pytest.fixture
def model(admin):
    name = f"databricks {uuid.uuid4().hex[:8]}"
    admin.create_model(name)
    for _ in range(2):
        admin.create_model_version(name, "s3://bucket/model")
    return name


def within_seconds(ask, seconds=5):
    """Every process may know of rights as they were half a second ago."""
    end = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except PermissionDenied:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def stage_of(registry, model, version):
    return registry.get_model_version(model, version).model_version.current_stage


def test_a_request_is_made_listed_and_approved(admin, scientist, username, model):
    made = scientist.create_transition_request(model, "1", "Staging", comment="Better than before").request
    assert (made.to_stage, made.comment, made.user_id) == ("Staging", "Better than before", username)
    (listed,) = admin.list_transition_requests(model, "1")
    assert listed.activity_type == ActivityType.REQUESTED_TRANSITION
    assert (listed.to_stage, listed.user_id) == ("Staging", username)
    assert list(admin.list_transition_requests(model, "2")) == []
    with pytest.raises(PermissionDenied):
        scientist.approve_transition_request(model, "1", "Staging", False)
    approved = admin.approve_transition_request(model, "1", "Staging", False, comment="Go on")
    assert approved.activity.activity_type == ActivityType.APPROVED_REQUEST
    assert stage_of(admin, model, "1") == "Staging"
    assert list(admin.list_transition_requests(model, "1")) == []


def test_versions_before_are_archived_when_that_is_asked_for(admin, scientist, model):
    for version in ("1", "2"):
        scientist.create_transition_request(model, version, "Production")
        admin.approve_transition_request(model, version, "Production", version == "2")
    assert stage_of(admin, model, "2") == "Production"
    assert stage_of(admin, model, "1") == "Archived"


def test_versions_before_stay_when_it_is_not(admin, scientist, model):
    for version in ("1", "2"):
        scientist.create_transition_request(model, version, "Production")
        admin.approve_transition_request(model, version, "Production", False)
    assert stage_of(admin, model, "2") == "Production"
    assert stage_of(admin, model, "1") == "Production"


def test_a_request_is_rejected_and_another_taken_back(admin, scientist, username, model):
    scientist.create_transition_request(model, "1", "Production")
    rejected = admin.reject_transition_request(model, "1", "Production", comment="Not yet")
    assert rejected.activity.activity_type == ActivityType.REJECTED_REQUEST
    scientist.create_transition_request(model, "1", "Production")
    with pytest.raises(NotFound):
        scientist.delete_transition_request(model, "1", "Production", "somebody-else")
    deleted = scientist.delete_transition_request(model, "1", "Production", username)
    assert deleted.activity.activity_type == ActivityType.CANCELLED_REQUEST
    assert list(admin.list_transition_requests(model, "1")) == []
    assert stage_of(admin, model, "1") == "None"


def test_comments_are_made_changed_and_deleted(admin, scientist, username, model):
    scientist.create_transition_request(model, "1", "Production")
    comment = scientist.create_comment(model, "1", "Why not?").comment
    assert (comment.comment, comment.user_id) == ("Why not?", username)
    changed = scientist.update_comment(comment.id, "Why?").comment
    assert (changed.id, changed.comment) == (comment.id, "Why?")
    other = admin.create_comment(model, "1", "Because").comment
    with pytest.raises(PermissionDenied):
        scientist.update_comment(other.id, "Mine now")
    scientist.delete_comment(comment.id)
    with pytest.raises(NotFound):
        scientist.update_comment(comment.id, "Again")


def test_permissions_are_given_replaced_and_hold(admin, scientist, username, model):
    found = admin.get_model(model).registered_model_databricks
    assert found.permission_level.value == "CAN_MANAGE"
    with pytest.raises(PermissionDenied):
        scientist.update_model(model, description="Mine")
    levels = admin.get_permission_levels(found.id).permission_levels
    assert {level.permission_level for level in levels} == set(RegisteredModelPermissionLevel)

    def entry(level):
        return RegisteredModelAccessControlRequest(user_name=username, permission_level=level)

    admin.update_permissions(
        found.id, access_control_list=[entry(RegisteredModelPermissionLevel.CAN_MANAGE_STAGING_VERSIONS)]
    )
    within_seconds(lambda: scientist.update_model(model, description="Mine"))
    assert scientist.get_model(model).registered_model_databricks.permission_level.value == (
        "CAN_MANAGE_STAGING_VERSIONS"
    )
    moved = scientist.transition_stage(model, "1", "Staging", False, comment="Mine to move")
    assert moved.model_version_databricks.current_stage == "Staging"
    with pytest.raises(PermissionDenied):
        scientist.transition_stage(model, "1", "Production", False)
    with pytest.raises(PermissionDenied):
        scientist.get_permissions(found.id)
    admin.set_permissions(found.id, access_control_list=[entry(RegisteredModelPermissionLevel.CAN_READ)])
    (given,) = [one for one in admin.get_permissions(found.id).access_control_list if one.user_name == username]
    assert given.all_permissions[0].permission_level == RegisteredModelPermissionLevel.CAN_READ


def test_models_are_listed_and_deleted(admin, model):
    assert model in {one.name for one in admin.list_models(max_results=100)}
    admin.set_model_tag(model, "team", "risk")
    admin.delete_model_tag(model, "team")
    admin.delete_model_version(model, "2")
    admin.delete_model(model)
    with pytest.raises(NotFound):
        admin.get_model(model)


def test_activities_tell_what_happened_to_a_version(admin, scientist, username, model):
    """Read as the SDK reads everything else: it has no method for this list, and its messages."""
    scientist.create_transition_request(model, "1", "Staging", comment="Better than before")
    scientist.create_comment(model, "1", "Look at March")
    gone = admin.create_comment(model, "1", "Never mind").comment
    admin.delete_comment(gone.id)
    admin.approve_transition_request(model, "1", "Staging", False, comment="Go on")
    admin.transition_stage(model, "1", "Archived", False)
    answer = admin._api.do("GET", "/api/2.0/mlflow/activities/list", query={"name": model, "version": "1"})
    found = [Activity.from_dict(one) for one in answer["activities"]]
    assert [(one.activity_type, one.user_id, one.to_stage, one.comment) for one in found] == [
        (ActivityType.APPLIED_TRANSITION, ADMINISTRATOR[0], "Archived", ""),
        (ActivityType.APPLIED_TRANSITION, ADMINISTRATOR[0], "Staging", found[1].comment),
        (ActivityType.APPROVED_REQUEST, ADMINISTRATOR[0], "Staging", "Go on"),
        (ActivityType.NEW_COMMENT, username, None, "Look at March"),
        (ActivityType.REQUESTED_TRANSITION, username, "Staging", ""),
    ]
    assert found[0].from_stage == "Staging"
