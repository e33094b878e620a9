"""The C2SP forms: signed notes, checkpoints, verifier keys; what is accepted, and what is refused with a reason."""

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from datong.ledger.checkpoint import Checkpoint, cosign, opened, sign
from datong.ledger.note import (
    TIMESTAMPED_ED25519,
    Note,
    NoteNotReadable,
    NoteSigner,
    SignatureDoesNotHold,
    SignatureLine,
    VerifierKey,
)

NODE = NoteSigner("datong.example/rongxi", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
WITNESS = NoteSigner("witness.example/province", Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))
STRANGER = NoteSigner("datong.example/rongxi", Ed25519PrivateKey.from_private_bytes(b"\x03" * 32))
HEAD = Checkpoint("datong.example/rongxi", 20852163, sha256(b"root").digest())
NOTE = sign(HEAD, NODE)


def test_a_checkpoint_is_three_lines_an_empty_one_and_a_signature() -> None:
    origin, size, root, empty, signature, end = NOTE.split("\n")
    assert (origin, size, empty, end) == ("datong.example/rongxi", "20852163", "", "")
    assert b64decode(root) == HEAD.root
    assert signature.startswith("— datong.example/rongxi ")


def test_the_signature_line_carries_the_keys_hash_and_an_ed25519_signature_over_the_text() -> None:
    public = NODE.private.public_key()
    carried = b64decode(NOTE.splitlines()[-1].split(" ")[2])
    named = b"datong.example/rongxi\n\x01" + public.public_bytes_raw()
    assert carried[:4] == sha256(named).digest()[:4]
    public.verify(carried[4:], HEAD.body().encode())


def test_a_key_in_its_text_form_comes_back_the_same() -> None:
    text = str(NODE.key)
    name, hashed, material = text.split("+", 2)
    assert (name, hashed) == ("datong.example/rongxi", NODE.key.id.hex())
    assert b64decode(material) == b"\x01" + NODE.key.public
    assert VerifierKey.parse(text + "\n") == NODE.key


def test_a_signed_checkpoint_opens_with_the_nodes_key() -> None:
    assert opened(NOTE, NODE.key) == HEAD


def test_extension_lines_are_allowed_and_signed() -> None:
    note = str(Note.signed(HEAD.body() + "an extension\n", NODE))
    assert opened(note, NODE.key) == HEAD
    with pytest.raises(SignatureDoesNotHold):
        opened(note.replace("an extension", "on extension"), NODE.key)


def test_a_key_of_the_same_name_does_not_open_it() -> None:
    with pytest.raises(SignatureDoesNotHold) as refused:
        opened(NOTE, STRANGER.key)
    assert "no signature by that key" in str(refused.value)


def test_a_checkpoint_of_another_log_is_refused_though_the_signature_holds() -> None:
    with pytest.raises(SignatureDoesNotHold) as refused:
        opened(sign(Checkpoint("datong.example/other", 1, HEAD.root), NODE), NODE.key)
    assert "another log" in str(refused.value)


def test_every_changed_character_of_the_text_is_noticed() -> None:
    for place in range(len(HEAD.body())):
        changed = NOTE[:place] + ("1" if NOTE[place] != "1" else "2") + NOTE[place + 1 :]
        with pytest.raises((SignatureDoesNotHold, NoteNotReadable)):
            opened(changed, NODE.key)


def test_a_witness_signs_beside_the_node_and_can_be_required() -> None:
    both = cosign(NOTE, WITNESS)
    assert both.startswith(NOTE)
    assert opened(both, NODE.key, witnesses=[WITNESS.key]) == HEAD
    with pytest.raises(SignatureDoesNotHold) as refused:
        opened(NOTE, NODE.key, witnesses=[WITNESS.key])
    assert refused.value.key == "witness.example/province"


def test_a_timestamped_cosignature_of_a_public_witness_holds() -> None:
    seconds = (1_679_315_147).to_bytes(8, "big")
    message = b"cosignature/v1\ntime 1679315147\n" + HEAD.body().encode()
    key = VerifierKey("witness.example/w1", WITNESS.key.public, TIMESTAMPED_ED25519)
    line = SignatureLine(key.name, key.id, seconds + WITNESS.private.sign(message))
    assert opened(NOTE + str(line), NODE.key, witnesses=[VerifierKey.parse(str(key))]) == HEAD
    later = SignatureLine(key.name, key.id, (1_679_315_148).to_bytes(8, "big") + line.signature[8:])
    with pytest.raises(SignatureDoesNotHold):
        opened(NOTE + str(later), NODE.key, witnesses=[key])


def test_lines_of_unknown_keys_and_kinds_are_carried_along_and_trusted_for_nothing() -> None:
    strange = SignatureLine("witness.example/post-quantum", b"\x00\x01\x02\x03", b"x" * 2428)
    assert opened(NOTE + str(strange), NODE.key) == HEAD
    assert str(Note.parse(NOTE + str(strange))) == NOTE + str(strange)


def test_one_false_line_in_the_nodes_name_spoils_the_note() -> None:
    false = SignatureLine(NODE.name, NODE.key.id, b"\x00" * 64)
    with pytest.raises(SignatureDoesNotHold):
        opened(NOTE + str(false), NODE.key)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        HEAD.body(),
        HEAD.body() + "\n",
        NOTE.removesuffix("\n"),
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("\n", "\r\n"),
        NOTE + "\n",
        NOTE + "— nobody AAAA\n",
        NOTE + "— nobody not-base64\n",
        NOTE + "— with+plus AAAAAAAA\n",
        "x" * 2_000_000,
    ],
)
def test_what_is_no_signed_note_is_refused_as_unreadable(note: str) -> None:
    with pytest.raises(NoteNotReadable):
        opened(note, NODE.key)


@pytest.mark.parametrize(
    "body",
    [
        "datong.example/rongxi\n5\n",
        "datong.example/rongxi\n05\n" + b64encode(HEAD.root).decode() + "\n",
        "datong.example/rongxi\n-5\n" + b64encode(HEAD.root).decode() + "\n",
        "datong.example/rongxi\n五\n" + b64encode(HEAD.root).decode() + "\n",
        "datong.example/rongxi\n" + "9" * 5000 + "\n" + b64encode(HEAD.root).decode() + "\n",
        "datong.example/rongxi\n5\n" + b64encode(b"short").decode() + "\n",
        "datong.example/rongxi\n5\nnot base64\n",
    ],
)
def test_a_well_signed_text_that_is_no_checkpoint_is_refused(body: str) -> None:
    with pytest.raises(NoteNotReadable):
        opened(str(Note.signed(body, NODE)), NODE.key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "datong.example/rongxi",
        str(NODE.key).replace("rongxi", "rongxl"),
        str(NODE.key)[:-4],
        f"a+00000000+{b64encode(b'x' * 32).decode()}",
        f"a+00000000+{b64encode(bytes([2]) + b'x' * 32).decode()}",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteNotReadable):
        VerifierKey.parse(text)


def test_a_signer_never_shows_its_private_key() -> None:
    assert repr(NODE) == "NoteSigner('datong.example/rongxi')"


@pytest.mark.parametrize("name", ["", "with space", "with+plus", "with\u3000space"])
def test_a_name_that_no_verifier_would_accept_is_refused_before_anything_is_signed(name: str) -> None:
    with pytest.raises(NoteNotReadable):
        NoteSigner(name, NODE.private)
