"""The ledger's pages prove what they say, and show a broken log for what it is."""

import json
import sqlite3
from base64 import b64decode

from datong.ledger.checkpoint import opened
from datong.ledger.note import VerifierKey
from datong.ledger.proof import includes
from datong.ledger.tree import leaf_hash
from tests.web.conftest import Browser
from tests.web.county import County


def test_a_stranger_can_take_the_checkpoint_and_the_key_home_and_check_them(
    county: County, browser: Browser
) -> None:
    client = browser()
    key = VerifierKey.parse(client.get("/ledger/key").content.decode())
    checkpoint = opened(client.get("/ledger/checkpoint").content.decode(), key)
    assert checkpoint.size == county.node.log.size()


def test_a_downloaded_proof_holds_with_the_key_alone(county: County, browser: Browser) -> None:
    proof = json.loads(browser("auditor").get("/ledger/entries/3/proof.json").content)
    key = VerifierKey.parse(browser().get("/ledger/key").content.decode())
    signed = opened(proof["checkpoint"], key)
    path = [b64decode(step) for step in proof["path"]]
    leaf = leaf_hash(proof["entry"].encode())
    assert includes(leaf=leaf, index=3, size=signed.size, path=path, root=signed.root)


def test_the_entries_are_for_those_who_oversee(county: County, browser: Browser) -> None:
    assert "bureau.reviewer" in browser("auditor").get("/ledger/").content.decode()
    for login in ("", "health.officer", "mei", "admin"):
        assert "market.head" not in browser(login).get("/ledger/").content.decode()


def test_older_entries_are_a_page_away(county: County, browser: Browser) -> None:
    page = browser("auditor").get("/ledger/", {"before": "5"}).content.decode()
    assert 'href="/ledger/entries/4/"' in page
    assert 'href="/ledger/entries/5/"' not in page


def test_verifying_recomputes_the_whole_log(county: County, browser: Browser) -> None:
    page = browser("mei").post("/ledger/verify/").content.decode()
    assert "The ledger is sound" in page
    assert f"{county.node.log.size():,} entries" in page


def test_verifying_a_changed_log_names_the_entry(county: County, browser: Browser) -> None:
    path = county.node.home / "ledger" / "log.sqlite"
    with sqlite3.connect(path) as log:
        log.execute("DROP TRIGGER entry_as_is")
        kept = log.execute("SELECT bytes FROM entry WHERE idx = 2").fetchone()[0]
        log.execute("UPDATE entry SET bytes = ? WHERE idx = 2", (kept.replace(b"2026", b"2027", 1),))
    try:
        page = browser("auditor").post("/ledger/verify/").content.decode()
        assert "Entry 2 doesn&#x27;t have the hash it was entered with" in page
    finally:
        with sqlite3.connect(path) as log:
            log.execute("UPDATE entry SET bytes = ? WHERE idx = 2", (kept,))
