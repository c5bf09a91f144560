"""A pytest plugin for MLflow's own suite, which hands the command line the server's address in the environment.

Upstream, a fixture overrides that address with the SQLite file that tests and server share, so the command line never
speaks to the server at all. Here, as on a user's machine, it has nothing but the address.
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "cli_env" in item.fixturenames:
            item.add_marker("notrackingurimock")
