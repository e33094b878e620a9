"""The node's keys: made once, read by nobody else, the same after a restart."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from datong.records.key_file import KeyFileOpenToOthers, read_or_make
from datong.records.pseudonyms import PseudonymFile
from datong.records.sealing import Sealer
from datong.records.signing import AgreementKeyDamaged, AgreementSigner


def test_two_who_need_a_key_at_once_get_the_same_one(tmp_path: Path) -> None:
    made = iter(range(100))
    with ThreadPoolExecutor(8) as crowd:
        keys = set(
            crowd.map(
                lambda _: read_or_make(tmp_path / "keys" / "a.key", lambda: b"%d" % next(made)), range(32)
            )
        )
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["a.key"]


def test_a_key_is_the_nodes_alone_and_says_so_when_it_isnt(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "a.key"
    read_or_make(path, lambda: b"secret")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    path.chmod(0o640)
    with pytest.raises(KeyFileOpenToOthers):
        read_or_make(path, lambda: b"other")


def test_a_signature_holds_after_a_restart_over_these_words_only(tmp_path: Path) -> None:
    signature = AgreementSigner.of(tmp_path / "agreement.key").sign(b"the text")
    again = AgreementSigner.of(tmp_path / "agreement.key")
    assert again.verify(b"the text", signature)
    assert not again.verify(b"the text.", signature)
    assert not again.verify(b"the text", b"")
    assert not AgreementSigner.of(tmp_path / "another.key").verify(b"the text", signature)
    assert b"PUBLIC" in (tmp_path / "agreement.pub").read_bytes()


def test_a_damaged_key_is_named_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "agreement.key"
    AgreementSigner.of(path)
    path.write_bytes(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    with pytest.raises(AgreementKeyDamaged):
        AgreementSigner.of(path)
    assert b"AAAA" in path.read_bytes()


def test_each_agreement_has_a_pseudonym_key_of_its_own_that_stays(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "pseudonyms.sqlite"
    first, second = PseudonymFile.of(path).key("A-1"), PseudonymFile.of(path).key("A-2")
    assert first != second
    assert len(bytes.fromhex(first)) == 32
    assert PseudonymFile.of(path).key("A-1") == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_agreements_first_queries_at_once_share_one_pseudonym_key(tmp_path: Path) -> None:
    file = PseudonymFile.of(tmp_path / "keys" / "pseudonyms.sqlite")
    with ThreadPoolExecutor(8) as crowd:
        assert len(set(crowd.map(file.key, ["A-1"] * 32))) == 1


def test_no_key_shows_itself_when_printed(tmp_path: Path) -> None:
    sealer, signer = Sealer.of(tmp_path / "a.key"), AgreementSigner.of(tmp_path / "b.key")
    assert sealer.key.hex() not in repr(sealer)
    assert repr(sealer.key) not in repr(sealer)
    assert "PrivateKey" not in repr(signer)
