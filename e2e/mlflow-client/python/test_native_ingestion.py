"""The native door beside MLflow's: what pyarrow and plain JSON send is what MLflow's client reads."""

import gzip
import http.client
import json
import math
import urllib.parse

import numpy as np
import pyarrow as pa

from conftest import URL

PATH = "/ingest/v1/points"
ARROW = "application/vnd.apache.arrow.stream"


def connect():
    address = urllib.parse.urlsplit(URL)
    return http.client.HTTPConnection(address.hostname, address.port, timeout=60)


def test_columns_as_compressed_json_are_what_the_client_reads(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    values = np.random.default_rng(1).normal(size=50_000)
    run = {
        "run_id": run_id,
        "keys": ["loss", "acc"],
        "key": [step % 2 for step in range(50_000)],
        "step": [step // 2 for step in range(50_000)],
        "timestamp": 1_764_110_000_000,
        "value": values.tolist(),
    }
    body = gzip.compress(json.dumps({"runs": [run]}).encode(), compresslevel=1)
    connection = connect()
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    connection.request("POST", f"{PATH}?ack=applied", body, headers)
    answer = connection.getresponse()
    assert answer.status == 200
    (receipt,) = json.loads(answer.read())["runs"]
    assert (receipt["run_id"], receipt["status"], receipt["points"]) == (run_id, "accepted", 50_000)
    assert receipt["applied"]
    history = client.get_metric_history(run_id, "acc")
    assert [point.step for point in history] == list(range(25_000))
    assert np.array_equal([point.value for point in history], values[1::2])


def test_batches_of_an_arrow_stream_are_acknowledged_while_it_goes_on(client, experiment_id):
    run_ids = [client.create_run(experiment_id).info.run_id for _ in range(2)]
    keys = ["loss", "val/größe"]
    text = pa.dictionary(pa.int32(), pa.utf8())
    schema = pa.schema(
        [
            ("run_id", text),
            ("key", text),
            ("step", pa.int64()),
            ("timestamp", pa.timestamp("us", tz="UTC")),
            ("value", pa.float64()),
        ]
    )
    rows = 4_000

    def batch(number):
        index = np.arange(number * rows, (number + 1) * rows)
        return pa.record_batch(
            [
                pa.DictionaryArray.from_arrays(pa.array((index % 2).astype(np.int32)), run_ids),
                pa.DictionaryArray.from_arrays(pa.array((index // 2 % 2).astype(np.int32)), keys),
                pa.array(index),
                pa.array(index * 1_000).cast(pa.timestamp("us", tz="UTC")),
                pa.array(np.sqrt(index)),
            ],
            schema=schema,
        )

    connection = connect()
    connection.putrequest("POST", PATH)
    connection.putheader("Content-Type", ARROW)
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()

    class Chunks:
        """A file that sends what is written to it as it comes."""

        closed = False

        def write(self, data):
            data = bytes(data)
            if data:
                connection.sock.sendall(b"%x\r\n%s\r\n" % (len(data), data))
            return len(data)

        def flush(self):
            pass

    answer = None
    with pa.ipc.new_stream(Chunks(), schema) as writer:
        for number in range(10):
            writer.write_batch(batch(number), custom_metadata={"client": "pyarrow", "sequence": str(number + 1)})
            if answer is None:
                sock = connection.sock
                answer = connection.getresponse()
                connection.sock = sock
                assert answer.status == 200
            acknowledged = json.loads(answer.readline())
            assert (acknowledged["batch"], acknowledged["points"]) == (number, rows)
            assert [run["status"] for run in acknowledged["runs"]] == ["accepted", "accepted"]
            # Read at once, while the stream is open.
            if number == 4:
                assert len(client.get_metric_history(run_ids[0], "loss")) == 5 * rows // 4
    connection.sock.sendall(b"0\r\n\r\n")
    assert json.loads(answer.readline()) == {"done": True, "batches": 10, "points": 10 * rows}
    assert answer.readline() == b""

    history = client.get_metric_history(run_ids[1], "val/größe")
    assert [point.step for point in history] == list(range(3, 10 * rows, 4))
    assert [point.timestamp for point in history] == [point.step for point in history]
    assert [point.value for point in history] == [math.sqrt(point.step) for point in history]


def test_a_wrong_point_is_named(client, experiment_id):
    run_id = client.create_run(experiment_id).info.run_id
    batch = pa.record_batch({"run_id": [run_id] * 2, "key": ["m"] * 2, "step": [1, 2], "timestamp": [1, -1], "value": [0.5, 1.0]})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    connection = connect()
    connection.request("POST", PATH, sink.getvalue().to_pybytes(), {"Content-Type": ARROW})
    answer = connection.getresponse()
    assert answer.status == 400
    assert json.loads(answer.read())["field"] == "batch 0: timestamp[1]"
    assert client.get_run(run_id).data.metrics == {}
