"""A node: the stores, the ledger, the lake, the engine and the keys of one local government, joined.

The only file that knows both a port and what keeps it. The site, the command line and the demo take a Node and hand its
parts to the capabilities' actions.
"""
# ruff: noqa: E402

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datong import environment, rules_pack
from datong.catalogue import actions as catalogue_actions
from datong.catalogue import find
from datong.catalogue.snapshot import Snapshot
from datong.engines.databases import DATABASES
from datong.engines.duckdb.engine import DuckDBEngine
from datong.engines.duckdb.measure import DuckDBMeasurer
from datong.engines.duckdb.process import QueryProcesses
from datong.engines.lake import IcebergLake
from datong.gateway.engine import Limits
from datong.gateway.kept import Kept
from datong.grading import actions as grading_actions
from datong.grading.measure import ColumnMeasure
from datong.grading.pack import GradingPack
from datong.grading.scheme import TableGrade
from datong.grading.standing import outdated
from datong.grading.table import persons, table_grade
from datong.intake.delivery import Delivery
from datong.intake.files import Files
from datong.intake.landing import AfterLanding
from datong.intake.reader import Readers
from datong.intake.workroom import Workroom
from datong.ledger.log import Log
from datong.records import binding
from datong.records.database import iceberg_catalog
from datong.records.key_file import django_key
from datong.rules_pack import Pack
from datong.terms.actor import SYSTEM, Actor, Role
from datong.terms.fault import Fault
from datong.terms.names import ResourceName
from datong.terms.text import Text

# Django refuses a model that is imported before it has read its settings.
binding.set_up()

from datong.records import outbox
from datong.records.known_versions import KnownVersions
from datong.records.log import open_log
from datong.records.pseudonyms import PseudonymFile
from datong.records.recorder import LogRecorder
from datong.records.sealing import Sealer
from datong.records.shelf import StoredShelf
from datong.records.signing import AgreementSigner
from datong.records.stores.accounts import Accounts
from datong.records.stores.catalogue import Catalogue
from datong.records.stores.grading import Grading
from datong.records.stores.intake import Intake
from datong.records.stores.sharing import Sharing

ADMINISTRATOR = "admin"  # the first account: makes the others, and has no password until it is given one


class NoNodeHere(Fault):
    def __init__(self, home: Path) -> None:
        self.home = home
        super().__init__(
            Text(
                zh=f"{home} 中没有节点。请先运行 datong init --home {home}，或用 --home 指明节点所在目录。",
                en=f"There is no node in {home}. Make one with: datong init --home {home}, or say with --home where it is.",
            )
        )


class NodeBehind(Fault):
    def __init__(self, home: Path) -> None:
        self.home = home
        super().__init__(
            Text(
                zh=f"{home} 的控制库由较早版本建立，缺少本版本所需的表或列。请先备份，再运行 datong init --home {home} 升级。",
                en=f"The control database of {home} is an earlier version's and lacks what this one writes. Make a backup, "
                f"then bring it up to date with: datong init --home {home}",
            )
        )


class AnotherNodeServed(Fault):
    def __init__(self, home: Path, served: Path) -> None:
        self.home, self.served = home, served
        super().__init__(
            Text(
                zh=f"本进程已转到节点 {served}，不能再操作 {home}。请重新打开 {home}，或另起一个进程。",
                en=f"This process has turned to the node in {served} and can't work on {home} any more. Open {home} again, "
                "or use a process of its own.",
            )
        )


@dataclass(frozen=True)
class Node:
    """`home` is the node's folder. A node whose process has since turned to another one refuses to be used."""

    home: Path
    pack: Pack
    catalogue: Catalogue
    grading: Grading
    intake: Intake
    sharing: Sharing
    accounts: Accounts
    log: Log
    recorder: LogRecorder
    lake: IcebergLake
    readers: Readers
    room: Workroom
    measurer: DuckDBMeasurer
    after_landing: AfterLanding
    shelf: StoredShelf
    engine: DuckDBEngine
    keys: PseudonymFile
    signer: AgreementSigner
    limits: Limits
    kept: Kept

    @classmethod
    def open(cls, home: Path) -> "Node":
        """The node in `home`. Raises NoNodeHere and NodeBehind; makes nothing."""
        home = home.resolve()
        if not _key(home, "agreement.key").exists():
            raise NoNodeHere(home)
        pack = Pack.read(rules_pack.folder())
        binding.bind(home)
        if binding.behind():
            raise NodeBehind(home)
        return _joined(home, pack)

    @classmethod
    def init(cls, home: Path, *, at: datetime | None = None) -> "Node":
        """Makes a node in `home`, or brings an earlier version's up to date. What is there already stays."""
        home = home.resolve()
        pack = Pack.read(rules_pack.folder())
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o700)
        binding.bind(home)
        binding.migrate()
        django_key(home)
        node = _joined(home, pack)
        at = at or datetime.now(UTC)
        catalogue_actions.adopt_elements(
            store=node.catalogue, elements=pack.elements.values(), by=SYSTEM, at=at
        )
        if not node.accounts.actors():
            node.accounts.add(
                login=ADMINISTRATOR,
                name="管理员",
                department="",
                roles=(Role.ADMINISTRATOR,),
                password=None,
                by=SYSTEM,
                at=at,
            )
        return node

    def table_grade(self, name: ResourceName) -> TableGrade:
        """A table's grade as it stands, for as many people as its last delivery held."""
        landed = (d for d in self.intake.deliveries(resource=name) if d.profile)
        profile = next((delivery.profile for delivery in landed), ())
        columns = self.grading.columns(name)
        return table_grade(name, columns, persons(columns, profile), self.pack.grading)

    def examine(self, name: ResourceName, *, by: Actor, at: datetime) -> TableGrade:
        """Measures a landed table again and proposes grades afresh, as when the rules pack has changed."""
        resource = find.resource(self.catalogue, name)
        snapshot = self.lake.current(name)
        if snapshot is None:
            return self.table_grade(name)
        return grading_actions.propose(
            store=self.grading,
            pack=self.pack.grading,
            resource=resource,
            snapshot=snapshot.id,
            measures=self.measurer.measure(snapshot, self.pack.grading.detectors),
            by=by,
            at=at,
        )

    def catch_up(self, *, at: datetime) -> tuple[ResourceName, ...]:
        """Examines again what was examined under other rules than today's. A column about which the new rules find
        something graver isn't served until a person has looked at it."""
        known = (resource.name for resource in self.catalogue.resources())
        due = [name for name in known if outdated(store=self.grading, pack=self.pack.grading, resource=name)]
        for name in due:
            self.examine(name, by=SYSTEM, at=at)
        return tuple(due)

    def close(self) -> None:
        self.engine.close()
        self.lake.close()

    def __getattribute__(self, name: str) -> Any:
        # A store of one node that wrote into another's database would enter it in its own ledger: better to stop here.
        home = object.__getattribute__(self, "home")
        if name in _ON_THE_DATABASE and binding.bound() != home:
            raise AnotherNodeServed(home, binding.bound())
        return object.__getattribute__(self, name)


_ON_THE_DATABASE = frozenset({"catalogue", "grading", "intake", "sharing", "accounts", "recorder", "shelf"})


def _joined(home: Path, pack: Pack) -> Node:
    log = open_log(home, name=environment.text("DATONG_NODE_NAME"))
    sealer = Sealer.of(_key(home, "records.key"))
    signer = AgreementSigner.of(_key(home, "agreement.key"))

    def drain() -> None:
        outbox.drain(log)

    catalogue, grading = Catalogue(drain), Grading(drain)
    intake, sharing = Intake(drain, sealer), Sharing(drain)
    lake = IcebergLake(home / "lake", catalog=iceberg_catalog(environment.text("DATONG_DATABASE_URL")))
    measurer = DuckDBMeasurer()
    known = KnownVersions.of(home / "ledger" / "versions.sqlite", log)
    return Node(
        home=home,
        pack=pack,
        catalogue=catalogue,
        grading=grading,
        intake=intake,
        sharing=sharing,
        accounts=Accounts(drain, sealer),
        log=log,
        recorder=LogRecorder(log),
        lake=lake,
        readers={"": Files(), **DATABASES},
        room=Workroom(home),
        measurer=measurer,
        after_landing=_examining(catalogue, grading, measurer, pack.grading),
        shelf=StoredShelf(catalogue, grading, intake, sharing, lake, signer, known, pack.purposes.keys()),
        engine=DuckDBEngine(QueryProcesses(at_once=environment.number("DATONG_QUERIES_AT_ONCE"))),
        keys=PseudonymFile.of(_key(home, "pseudonyms.sqlite")),
        signer=signer,
        limits=_limits(),
        kept=Kept(),
    )


def _examining(
    catalogue: Catalogue, grading: Grading, measurer: DuckDBMeasurer, pack: GradingPack
) -> AfterLanding:
    """Every landed table is examined at once, so that a person finds grades to confirm. The node examines, not the officer
    who landed it: what comes out doesn't depend on who that was."""

    def examine(snapshot: Snapshot, delivery: Delivery) -> tuple[ColumnMeasure, ...]:
        measures = measurer.measure(snapshot, pack.detectors)
        grading_actions.propose(
            store=grading,
            pack=pack,
            resource=find.resource(catalogue, snapshot.resource),
            snapshot=snapshot.id,
            measures=measures,
            by=SYSTEM,
            at=delivery.started_at,
        )
        return measures

    return examine


def _key(home: Path, name: str) -> Path:
    return home / "keys" / name


def _limits() -> Limits:
    number = environment.number
    return Limits(
        memory_mb=number("DATONG_QUERY_MEMORY_MB"),
        threads=number("DATONG_QUERY_THREADS"),
        seconds=number("DATONG_QUERY_SECONDS"),
        rows=number("DATONG_QUERY_ROWS"),
        result_mb=number("DATONG_QUERY_RESULT_MB"),
    )
