"""A node: the stores, the ledger, the lake, the engine and the keys of one local government, joined.

The only file that knows both a port and what keeps it. The site, the command line and the demo take a Node and hand its
parts to the capabilities' actions.
"""
# ruff: noqa: E402

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datong import environment
from datong.catalogue import actions as catalogue_actions
from datong.catalogue import pack as catalogue_pack
from datong.catalogue.element import Element
from datong.engines.databases import DATABASES
from datong.engines.duckdb.engine import DuckDBEngine
from datong.engines.lake import IcebergLake
from datong.gateway.engine import Limits
from datong.gateway.kept import Kept
from datong.grading import pack as grading_pack
from datong.grading.pack import GradingPack
from datong.intake.files import Files
from datong.intake.reader import Readers
from datong.intake.workroom import Workroom
from datong.ledger.log import Log
from datong.records import binding
from datong.records.database import iceberg_catalog
from datong.records.key_file import django_key
from datong.sharing import pack as sharing_pack
from datong.sharing.pack import SharingPack
from datong.terms.actor import SYSTEM, Role
from datong.terms.fault import Fault
from datong.terms.purpose import Purpose
from datong.terms.text import Text

# Django refuses a model that is imported before it has read its settings.
binding.set_up()

from datong.records import outbox
from datong.records.log import open_log
from datong.records.pseudonyms import PseudonymFile
from datong.records.recorder import OutboxRecorder
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


class NoRulesHere(Fault):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            Text(
                zh=f"在 {folder} 找不到规则包（purposes.toml 等文件）。请将 DATONG_RULES 设为规则包目录，例如 项目目录/rules/cn。",
                en=f"There is no rules pack in {folder} (purposes.toml and the rest). Set DATONG_RULES to its folder, "
                "such as rules/cn of the project.",
            )
        )


@dataclass(frozen=True)
class Pack:
    """The jurisdiction's rules, as each capability reads its own."""

    folder: Path
    purposes: Mapping[str, Purpose]
    elements: Mapping[str, Element]
    grading: GradingPack
    sharing: SharingPack

    @classmethod
    def read(cls, folder: Path) -> "Pack":
        if not (folder / "purposes.toml").is_file():
            raise NoRulesHere(folder)
        catalogue = catalogue_pack.read(folder)
        return cls(
            folder=folder,
            purposes=catalogue.purposes,
            elements=catalogue.elements,
            grading=grading_pack.read(folder),
            sharing=sharing_pack.read(folder),
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
    recorder: OutboxRecorder
    lake: IcebergLake
    readers: Readers
    room: Workroom
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
        pack = Pack.read(rules_folder())
        binding.bind(home)
        if binding.behind():
            raise NodeBehind(home)
        return _joined(home, pack)

    @classmethod
    def init(cls, home: Path, *, at: datetime | None = None) -> "Node":
        """Makes a node in `home`, or brings an earlier version's up to date. What is there already stays."""
        home = home.resolve()
        pack = Pack.read(rules_folder())
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


def rules_folder() -> Path:
    """DATONG_RULES, or rules/cn of the project that this package is installed from in place."""
    named = environment.text("DATONG_RULES")
    return Path(named).resolve() if named else Path(__file__).resolve().parents[2] / "rules" / "cn"


def _joined(home: Path, pack: Pack) -> Node:
    log = open_log(home, name=environment.text("DATONG_NODE_NAME"))
    sealer = Sealer.of(_key(home, "records.key"))
    signer = AgreementSigner.of(_key(home, "agreement.key"))

    def drain() -> None:
        outbox.drain(log)

    catalogue, grading = Catalogue(drain), Grading(drain)
    intake, sharing = Intake(drain, sealer), Sharing(drain)
    lake = IcebergLake(home / "lake", catalog=iceberg_catalog(environment.text("DATONG_DATABASE_URL")))
    return Node(
        home=home,
        pack=pack,
        catalogue=catalogue,
        grading=grading,
        intake=intake,
        sharing=sharing,
        accounts=Accounts(drain, sealer),
        log=log,
        recorder=OutboxRecorder(log),
        lake=lake,
        readers={"": Files(), **DATABASES},
        room=Workroom(home),
        shelf=StoredShelf(catalogue, grading, intake, sharing, lake, signer),
        engine=DuckDBEngine(),
        keys=PseudonymFile.of(_key(home, "pseudonyms.sqlite")),
        signer=signer,
        limits=_limits(),
        kept=Kept(),
    )


def _key(home: Path, name: str) -> Path:
    return home / "keys" / name


def _limits() -> Limits:
    number = environment.number
    return Limits(
        memory_mb=number("DATONG_QUERY_MEMORY_MB"),
        threads=number("DATONG_QUERY_THREADS"),
        seconds=number("DATONG_QUERY_SECONDS"),
        rows=number("DATONG_QUERY_ROWS"),
    )
