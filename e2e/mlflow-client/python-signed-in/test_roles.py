"""MLflow's own client for roles: made, given permissions, given to people, and what these may do then."""

import time
import uuid

import mlflow
import pytest
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.server.auth.client import AuthServiceClient


def unique(name):
    return f"{name}-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def role(auth):
    return auth.create_role("default", unique("role"), "of a test")


@pytest.fixture
def workspace(auth):
    name = unique("of")
    mlflow.create_workspace(name)
    return name


def within_seconds(ask, seconds=5):
    """Every process may know of rights as they were half a second ago."""
    end = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except MlflowException:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def permissions_of(auth, role):
    return [(one.resource_type, one.resource_pattern, one.permission) for one in auth.list_role_permissions(role.id)]


def test_a_role_is_made_found_changed_and_deleted(auth, role):
    found = auth.get_role(role.id)
    assert (found.id, found.name, found.description) == (role.id, role.name, "of a test")
    assert (found.workspace, found.permissions) == ("default", [])
    changed = auth.update_role(role.id, name=f"{role.name}-2", description="of another")
    assert (changed.id, changed.name, changed.description) == (role.id, f"{role.name}-2", "of another")
    assert role.id in {one.id for one in auth.list_roles("default")}
    with pytest.raises(MlflowException, match="At least one of 'name' or 'description'"):
        auth.update_role(role.id)
    with pytest.raises(MlflowException, match="already") as refusal:
        auth.create_role("default", changed.name)
    assert refusal.value.error_code == "RESOURCE_ALREADY_EXISTS"
    auth.delete_role(role.id)
    for gone in (role.id, 99999):
        with pytest.raises(MlflowException, match="not found") as refusal:
            auth.get_role(gone)
        assert refusal.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_what_a_role_permits_is_added_changed_and_taken_away(auth, role):
    experiment = mlflow.create_experiment(unique("permitted"))
    model = unique("model")
    reads = auth.add_role_permission(role.id, "experiment", experiment, "READ")
    assert (reads.role_id, reads.resource_type, reads.resource_pattern) == (role.id, "experiment", experiment)
    auth.add_role_permission(role.id, "experiment", "*", "USE")
    auth.add_role_permission(role.id, "registered_model", model, "DENY")
    on_workspace = auth.add_role_permission(role.id, "workspace", "*", "USE")
    assert permissions_of(auth, role) == [
        ("workspace", "*", "USE"),
        ("experiment", experiment, "READ"),
        ("experiment", "*", "READ"),
        ("registered_model", model, "DENY"),
    ]
    assert auth.update_role_permission(reads.id, "EDIT").permission == "EDIT"
    assert auth.update_role_permission(on_workspace.id, "MANAGE").permission == "MANAGE"
    for refused, why in (
        (lambda: auth.add_role_permission(role.id, "experiment", experiment, "READ"), "already"),
        (lambda: auth.add_role_permission(role.id, "workspace", "*", "USE"), "already"),
        (lambda: auth.add_role_permission(role.id, "experiment", "77777", "READ"), "no experiment 77777"),
        (lambda: auth.add_role_permission(role.id, "gateway_secret", "*", "READ"), "Invalid resource type"),
        (lambda: auth.add_role_permission(role.id, "workspace", "*", "EDIT"), "accept only: MANAGE, USE"),
        (lambda: auth.update_role_permission(reads.id, "OWNER"), "Invalid permission 'OWNER'"),
        (lambda: auth.update_role_permission(f"{role.id}/none", "READ"), "not found"),
    ):
        with pytest.raises(MlflowException, match=why):
            refused()
    for given in auth.list_role_permissions(role.id):
        auth.remove_role_permission(given.id)
    assert auth.list_role_permissions(role.id) == []


def test_who_has_a_role_may_what_it_permits_until_it_is_taken_away(auth, user, role, sign_in, url):
    experiment = mlflow.create_experiment(unique("of a role"))
    auth.add_role_permission(role.id, "experiment", experiment, "EDIT")
    assignment = auth.assign_role(user, role.id)
    assert (assignment.role_id, assignment.user_id) == (role.id, auth.get_user(user).id)
    with pytest.raises(MlflowException, match="already"):
        auth.assign_role(user, role.id)
    assert [one.user_id for one in auth.list_role_users(role.id)] == [assignment.user_id]
    assert [one.id for one in auth.list_user_roles(user)] == [role.id]
    with sign_in(user):
        run = within_seconds(lambda: MlflowClient(url).create_run(experiment))
        MlflowClient(url).log_metric(run.info.run_id, "loss", 1.0)
        with pytest.raises(MlflowException, match="Permission denied"):
            MlflowClient(url).delete_experiment(experiment)
        (own,) = AuthServiceClient(url).list_user_roles(user)
        assert (own.id, own.permissions[0].permission) == (role.id, "EDIT")
    auth.unassign_role(user, role.id)
    assert auth.list_user_roles(user) == []
    for refused in (
        lambda: auth.unassign_role(user, role.id),
        lambda: auth.assign_role("nobody-of-that-name", role.id),
        lambda: auth.assign_role(user, "default/none"),
    ):
        with pytest.raises(MlflowException, match="not found"):
            refused()
    # Every member of the workspace reads.
    assert auth.get_user_permission(user, "experiment", experiment).permission == "READ"


def test_roles_of_other_workspaces_are_of_the_same_names_and_nobody_elses(auth, user, workspace, sign_in, url):
    names = [unique("viewer")] * 2
    here, there = (auth.create_role(where, name) for where, name in zip(("default", workspace), names))
    assert [(one.name, one.workspace) for one in auth.list_roles(workspace)] == [(names[1], workspace)]
    assert auth.update_role(there.id, name=f"{names[1]}-2").name == f"{names[1]}-2"
    assert {here.id, there.id} <= {one.id for one in auth.list_all_roles()}
    with pytest.raises(MlflowException, match="no workspace"):
        auth.create_role("nowhere", "viewer")

    auth.assign_role(user, here.id)
    auth.assign_role(user, there.id)
    assert {one.id for one in auth.list_user_roles(user)} == {here.id, there.id}
    with sign_in(user):
        assert {one.id for one in AuthServiceClient(url).list_user_roles(user)} == {here.id, there.id}
    # An admin of one workspace sees what is in it.
    manages = auth.create_role("default", unique("manages"))
    auth.add_role_permission(manages.id, "workspace", "*", "MANAGE")
    manager = unique("manager")
    auth.create_user(manager, "long enough for 12")
    auth.assign_role(manager, manages.id)
    with sign_in(manager):
        own = AuthServiceClient(url)
        assert [one.id for one in within_seconds(lambda: own.list_user_roles(user))] == [here.id]
        own.add_role_permission(here.id, "registered_model", "*", "EDIT")
        for refused in (
            lambda: own.list_roles(workspace),
            lambda: own.get_role(there.id),
            lambda: own.add_role_permission(there.id, "experiment", "*", "READ"),
            lambda: own.list_all_roles(),
            # Groups are of the whole server.
            lambda: own.create_role("default", unique("mine")),
            lambda: own.assign_role(manager, here.id),
        ):
            with pytest.raises(MlflowException, match="Permission denied") as refusal:
                refused()
            assert refusal.value.error_code == "PERMISSION_DENIED"


def test_people_see_their_own_roles_and_manage_none(user, role, sign_in, url):
    with sign_in(user):
        own = AuthServiceClient(url)
        assert own.list_user_roles(user) == []
        for refused in (
            lambda: own.create_role("default", unique("mine")),
            lambda: own.get_role(role.id),
            lambda: own.list_roles("default"),
            lambda: own.update_role(role.id, name="mine"),
            lambda: own.delete_role(role.id),
            lambda: own.add_role_permission(role.id, "workspace", "*", "MANAGE"),
            lambda: own.assign_role(user, role.id),
            lambda: own.list_role_users(role.id),
        ):
            with pytest.raises(MlflowException, match="Permission denied"):
                refused()
