"""The second barrier, tried alone: what a query could do if the gateway let every word of it through."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datong.engines.duckdb import wire
from datong.engines.duckdb.job import Job
from datong.engines.duckdb.limits import narrow, restrict
from datong.engines.duckdb.process import QueryProcesses
from datong.engines.duckdb.session import Faulted, answer
from datong.gateway.engine import EngineFault, Limits
from datong.gateway.refusals import fault


@pytest.fixture(scope="module")
def processes() -> Iterator[QueryProcesses]:
    running = QueryProcesses()
    yield running
    running.close()


@pytest.fixture
def granted(tmp_path: Path) -> Path:
    return _landed(tmp_path / "granted.parquet", "visible")


@pytest.fixture
def neighbour(tmp_path: Path) -> Path:
    return _landed(tmp_path / "neighbour.parquet", "of another agreement")


def _landed(file: Path, text: str) -> Path:
    pq.write_table(pa.table({"shown": [text], "hidden": ["hidden value"]}), file)
    return file


def job(ask: str, file: Path, *, kept: bool = False, **bounds: int) -> Job:
    make = "VIEW" if kept else "TABLE"
    usual = Job(
        make=(f"CREATE {make} datong.t1 AS SELECT shown FROM read_parquet(['{file}'])",),
        ask=ask,
        files=(str(file),),
        kept_files=(str(file),) if kept else (),
        secrets={},
        memory_mb=256,
        threads=2,
        seconds=10,
        rows=1000,
        result_mb=1,
    )
    return replace(usual, **bounds)


def test_an_extract_is_answered_from(processes: QueryProcesses, granted: Path) -> None:
    answer = processes.run(job("SELECT * FROM datong.t1", granted))
    assert answer.to_pylist() == [{"shown": "visible"}]


def test_so_is_a_table_read_in_place(processes: QueryProcesses, granted: Path) -> None:
    assert processes.run(job("SELECT * FROM datong.t1", granted, kept=True)).num_rows == 1


HOSTILE = [
    "SELECT * FROM read_parquet('{granted}')",  # the file it was made from: the hidden column is in it
    "SELECT * FROM '{granted}'",
    "SELECT * FROM read_parquet('{neighbour}')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_blob('/proc/self/environ')",
    "SELECT * FROM glob('/etc/*')",
    "COPY datong.t1 TO '{folder}/out.csv'",
    "COPY datong.t1 TO '{granted}'",
    "COPY datong.t1 TO '{neighbour}'",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/new.db'",
    "ATTACH '{granted}' AS x",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET allowed_paths = ['/etc/passwd']",
    "SET memory_limit = '100GB'",
    "SET lock_configuration = false",
    "RESET enable_external_access",
    "PRAGMA enable_profiling = 'json'",
    "CREATE SECRET s (TYPE s3)",
    "SELECT * FROM read_csv('http://127.0.0.1:{port}/x')",
    "SELECT getenv('PATH') WHERE getenv('PATH') <> ''",
    "SELECT * FROM pragma_database_list() WHERE path IS NOT NULL AND path <> ''",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_locked_session_alone_gives_no_file_no_network_no_setting(
    processes: QueryProcesses, granted: Path, neighbour: Path, hostile: str
) -> None:
    before = {p: p.read_bytes() for p in (granted, neighbour)}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        port = listening.getsockname()[1]
        text = hostile.format(granted=granted, neighbour=neighbour, folder=granted.parent, port=port)
        answer = processes.run(job(text, granted))
        with pytest.raises(TimeoutError):
            listening.accept()
    assert isinstance(answer, EngineFault) or answer.num_rows == 0
    assert {p: p.read_bytes() for p in before} == before
    assert sorted(p.name for p in granted.parent.iterdir()) == ["granted.parquet", "neighbour.parquet"]


def test_a_file_served_in_place_can_not_be_written(processes: QueryProcesses, granted: Path) -> None:
    """DuckDB's allowed paths allow writing; the operating system does not."""
    before = granted.read_bytes()
    answer = processes.run(job(f"COPY datong.t1 TO '{granted}'", granted, kept=True))
    assert isinstance(answer, EngineFault)
    assert granted.read_bytes() == before


FAULTS = [
    ("SELECT CAST('x' AS INT)", {}, "conversion"),
    ("SELECT 9223372036854775807 + length(shown) FROM datong.t1", {}, "conversion"),
    ("SELECT nosuch FROM datong.t1", {}, "query"),
    ("SELECT upper(5)", {}, "query"),
    ("SELECT i FROM range(1001) r(i)", {}, "rows"),
    ("SELECT repeat('x', 2000) AS x FROM range(999)", {}, "size"),
    ("SELECT repeat('x', 200) AS x FROM range(999999)", {"rows": 1_000_000}, "size"),
    ("SELECT list(i) FROM range(200000000) r(i)", {"memory_mb": 64}, "memory"),
    (
        "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3",
        {"seconds": 1},
        "time",
    ),
]


@pytest.mark.parametrize(("ask", "bounds", "kind"), FAULTS)
def test_a_fault_is_a_kind_and_no_text(
    processes: QueryProcesses, granted: Path, ask: str, bounds: dict[str, int], kind: str
) -> None:
    assert processes.run(job(ask, granted, **bounds)) == EngineFault(kind)
    assert processes.run(job("SELECT 1 AS one", granted)).num_rows == 1  # and the next one is served


@pytest.mark.parametrize("kind", [*sorted({kind for *_, kind in FAULTS}), "busy"])
def test_each_kind_of_fault_is_told_in_words_of_its_own(kind: str) -> None:
    told = fault(kind, Limits())
    assert told.code == f"gateway.stopped_{kind}"
    assert "{" not in told.reason.zh + told.reason.en


def test_an_answer_that_is_too_large_is_given_up_before_it_is_whole(granted: Path) -> None:
    """In the session already: what is measured once written out has been held twice."""
    with pytest.raises(Faulted, match="size"):
        answer(job("SELECT repeat('x', 2000) AS x FROM range(999)", granted))


def test_a_missing_file_is_a_fault(processes: QueryProcesses, tmp_path: Path) -> None:
    assert isinstance(processes.run(job("SELECT 1", tmp_path / "gone.parquet")), EngineFault)


def test_queries_side_by_side_do_not_meet(processes: QueryProcesses, granted: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: processes.run(job(f"SELECT {n} AS n", granted)), range(12)))
    assert [a.column(0)[0].as_py() for a in answers] == list(range(12))


def test_a_warm_process_that_died_is_replaced(granted: Path) -> None:
    processes = QueryProcesses()
    try:
        assert processes.run(job("SELECT 1 AS one", granted)).num_rows == 1
        assert processes._warm is not None
        processes._warm.kill()
        processes._warm.wait()
        assert processes.run(job("SELECT 1 AS one", granted)).num_rows == 1
    finally:
        processes.close()


def test_once_extracts_are_made_the_process_itself_can_not_open_their_files(granted: Path) -> None:
    """What DuckDB is kept from by its own settings, whoever takes the process over is kept from by the kernel."""

    def opens() -> bool:
        try:
            granted.read_bytes()
        except PermissionError:
            return False
        return True

    child = os.fork()
    if child == 0:
        said = 1
        try:
            if "landlock" in restrict([str(granted)], memory_mb=256, seconds=10):
                before = opens()
                table = answer(job("SELECT * FROM datong.t1", granted), narrow=lambda: narrow(()))
                said = 0 if before and table.num_rows == 1 and not opens() else 2
            else:
                said = 77
        finally:
            os._exit(said)
    said = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if said == 77:
        pytest.skip("this system has no Landlock")
    assert said == 0


def test_every_thread_of_a_query_process_is_narrowed(processes: QueryProcesses, granted: Path) -> None:
    """Landlock holds for a thread and those it starts: one left from before would still open the files."""
    assert processes.run(job("SELECT * FROM datong.t1", granted)).num_rows == 1
    if "landlock" not in processes.held:
        pytest.skip("this system has no Landlock")
    assert "narrowed" in processes.held


def test_a_table_read_in_place_stays_readable_for_every_thread(
    processes: QueryProcesses, tmp_path: Path
) -> None:
    file = tmp_path / "large.parquet"
    pq.write_table(pa.table({"shown": [str(n) for n in range(400_000)]}), file, row_group_size=20_000)
    found = processes.run(job("SELECT count(DISTINCT shown) AS n FROM datong.t1", file, kept=True))
    assert found.to_pylist() == [{"n": 400_000}]


def test_a_process_says_whether_it_has_left_the_network(processes: QueryProcesses, granted: Path) -> None:
    processes.run(job("SELECT 1 AS one", granted))
    assert processes._warm is not None
    mine, its = (os.readlink(f"/proc/{pid}/ns/net") for pid in ("self", processes._warm.pid))
    assert ("no_network" in processes.held) == (mine != its)


ENDLESS = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range % 7 = 3"


def test_no_more_queries_run_at_once_than_there_are_places(granted: Path) -> None:
    processes = QueryProcesses(at_once=1)
    try:
        processes.run(job("SELECT 1 AS one", granted))  # the warm process is there
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(processes.run, job(ENDLESS, granted, seconds=3))
            assert _eventually(lambda: _children(processes) == 1)
            assert processes.run(job("SELECT 1 AS one", granted, seconds=1)) == EngineFault("busy")
            waited = processes.run(job("SELECT 1 AS one", granted, seconds=10))
            assert running.result() == EngineFault("time")
        assert waited.num_rows == 1
    finally:
        processes.close()


def test_a_query_that_faults_gives_its_place_back(granted: Path) -> None:
    processes = QueryProcesses(at_once=1)
    try:
        for _ in range(3):
            assert processes.run(job("SELECT nosuch", granted, seconds=1)) == EngineFault("query")
    finally:
        processes.close()


def test_a_place_taken_before_a_fork_is_not_taken_in_the_copy(granted: Path) -> None:
    processes = QueryProcesses(at_once=1)
    with processes._place(1) as had:
        assert had
        child = os.fork()
        if child == 0:
            with processes._place(0.01) as has:
                os._exit(0 if has else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("message", ["head", "body"])
def test_nothing_is_allocated_for_a_length_that_is_too_long(message: str) -> None:
    """A query process that was taken over says whatever it likes."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        if message == "body":
            wire.send(theirs, b'{"fault": "", "held": []}')
        theirs.sendall((2**62).to_bytes(8, "big"))
        with pytest.raises(wire.TooLong):
            QueryProcesses()._received(ours, most=2**20, out_of_time=lambda: False)


def test_a_secrets_name_in_a_text_is_a_text(processes: QueryProcesses, granted: Path) -> None:
    """Somebody's WHERE can hold the name of another agreement's key."""
    made = f"CREATE TABLE datong.t1 AS SELECT $a || shown AS x, '$b' AS y FROM read_parquet(['{granted}'])"
    asked = replace(job("SELECT * FROM datong.t1", granted), make=(made,), secrets={"a": "1", "b": "2"})
    assert processes.run(asked).to_pylist() == [{"x": "1visible", "y": "$b"}]


def test_a_query_ends_with_the_node_that_asked(granted: Path) -> None:
    """Closing the connection, as a node's death does, ends the query process at once and not after its time."""
    processes = QueryProcesses()
    endless = job(ENDLESS, granted)
    connection = processes._connected()
    assert connection is not None
    try:
        wire.send(connection, endless.to_json())
        assert _eventually(lambda: _children(processes) == 1)
        connection.close()
        assert _eventually(lambda: _children(processes) == 0)
    finally:
        processes.close()


def _children(processes: QueryProcesses) -> int:
    assert processes._warm is not None
    listed = Path(f"/proc/{processes._warm.pid}/task/{processes._warm.pid}/children").read_text()
    return len(listed.split())


def _eventually(condition: "object") -> bool:
    assert callable(condition)
    end = time.monotonic() + 8
    while time.monotonic() < end:
        if condition():
            return True
        threading.Event().wait(0.05)
    return False


def test_the_query_process_has_none_of_the_nodes_environment(
    granted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATONG_TEST_SECRET", "in the environment")
    processes = QueryProcesses()
    try:
        processes.run(job("SELECT 1", granted))
        assert processes._warm is not None
        assert b"DATONG_TEST_SECRET" not in Path(f"/proc/{processes._warm.pid}/environ").read_bytes()
        assert os.environ["DATONG_TEST_SECRET"]
    finally:
        processes.close()


def test_what_is_forked_has_one_thread(granted: Path) -> None:
    """A second one might hold a lock that no one would ever open in the fork."""
    processes = QueryProcesses()
    try:
        processes.run(job("SELECT 1 AS one", granted))
        assert processes._warm is not None
        assert len(os.listdir(f"/proc/{processes._warm.pid}/task")) == 1
    finally:
        processes.close()
