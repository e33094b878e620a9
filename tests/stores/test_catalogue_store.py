"""What the catalogue asks of whoever keeps it, asked of the database and of the tests' dictionaries alike."""

from dataclasses import replace
from typing import Any

import pytest

from datong.catalogue.element import Element
from datong.catalogue.resource import ResourceState
from datong.records.stores.catalogue import Catalogue
from datong.terms.names import ResourceName
from datong.terms.stale_write import StaleWrite
from datong.terms.text import Text
from tests.stores.nouns import RESIDENT, department, happened, resource

ALLOWANCE = ResourceName("civil", "allowance")


def test_what_is_saved_comes_back_one_revision_on(catalogue: Any) -> None:
    element = Element("person.identity_number", Text("公民身份号码", "Identity number"), "GB 11643", "police")
    for noun in (department(), element, resource()):
        catalogue.save(noun, happened("any"))
    assert catalogue.department("police") == replace(department(), revision=1)
    assert catalogue.element("person.identity_number") == replace(element, revision=1)
    assert catalogue.resource(RESIDENT) == replace(resource(), revision=1)


def test_what_was_never_saved_is_none_and_not_an_error(catalogue: Any) -> None:
    assert catalogue.department("police") is None
    assert catalogue.element("person.name") is None
    assert catalogue.resource(RESIDENT) is None
    assert (catalogue.departments(), catalogue.elements(), catalogue.resources()) == ((), (), ())


def test_the_second_of_two_changes_made_on_one_revision_is_refused(catalogue: Any) -> None:
    catalogue.save(resource(), happened("resource/police.resident"))
    seen = catalogue.resource(RESIDENT)
    catalogue.save(replace(seen, conditions="first"), happened("resource/police.resident"))
    with pytest.raises(StaleWrite):
        catalogue.save(replace(seen, conditions="second"), happened("resource/police.resident"))
    assert catalogue.resource(RESIDENT).conditions == "first"


def test_a_new_noun_doesnt_replace_one_of_the_same_name(catalogue: Any) -> None:
    catalogue.save(resource(), happened("resource/police.resident"))
    with pytest.raises(StaleWrite) as refused:
        catalogue.save(resource(conditions="other"), happened("resource/police.resident"))
    assert refused.value.subject == "resource/police.resident"
    assert catalogue.resource(RESIDENT).conditions == ""


def test_resources_are_found_by_state_and_by_provider(catalogue: Any) -> None:
    catalogue.save(resource(state=ResourceState.PUBLISHED), happened("any"))
    catalogue.save(resource(ALLOWANCE), happened("any"))
    assert [r.name for r in catalogue.resources(state=ResourceState.PUBLISHED)] == [RESIDENT]
    assert [r.name for r in catalogue.resources(provider="civil")] == [ALLOWANCE]
    assert catalogue.resources(state=ResourceState.PUBLISHED, provider="civil") == ()
    assert len(catalogue.resources()) == 2


@pytest.mark.parametrize("text", ["常住人口", "Residents", "police.resident"])
def test_a_search_looks_in_names_and_titles(catalogue: Any, text: str) -> None:
    catalogue.save(resource(), happened("any"))
    catalogue.save(resource(ALLOWANCE, title=Text("低保", "Allowances"), fields=()), happened("any"))
    assert [r.name for r in catalogue.search(text)] == [RESIDENT]


@pytest.mark.parametrize(
    "text", ["residents", "ＲＥＳＩＤＥＮＴＳ", "姓 名", "gmsfhm", "户籍 常住", "identity  NUMBER"]
)
def test_a_search_in_the_database_minds_neither_case_nor_width_nor_where_a_word_stands(
    drain: Any, text: str
) -> None:
    store = Catalogue(drain)
    store.save(resource(), happened("any"))
    store.save(
        resource(ALLOWANCE, title=Text("低保", "Allowances"), fields=(), classification=""), happened("any")
    )
    assert [r.name for r in store.search(text)] == [RESIDENT]


@pytest.mark.parametrize("text", ["%", "_", "户籍 低保", "'; DROP TABLE catalogue_resource; --"])
def test_a_search_takes_its_text_as_text(drain: Any, text: str) -> None:
    store = Catalogue(drain)
    store.save(resource(), happened("any"))
    assert store.search(text) == (() if text != "_" else store.search("_"))
    assert store.resource(RESIDENT) is not None
