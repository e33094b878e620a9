"""Every word a person sees stands in both languages, side by side; a word outside {% t %} is found here."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import datong.web
from datong.web import words

WEB = Path(datong.web.__file__).parent
TEMPLATES = sorted(WEB.rglob("*.html"))
CHINESE = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z\u3400-\u9fff]")
TAG = re.compile(r"\{%-?\s*(.*?)\s*-?%\}", re.S)
SENTENCE = re.compile(r"""^t\s+("(?:[^"]*)"|'(?:[^']*)')\s+("(?:[^"]*)"|'(?:[^']*)')""", re.S)
ADDRESS = re.compile(r"/[a-z/]+/")
# Attributes that people read or hear.
SPOKEN = {"aria-label", "title", "alt", "placeholder"}
# Commands and file names are written the same in every language.
SAME_IN_BOTH = {"code", "pre"}


class Visible(HTMLParser):
    """Collects the text of a template that stands outside tags of the template language."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("input", "meta", "link", "br"):
            self.inside.append(tag)
        self.found += [
            f"{name}={value}" for name, value in attrs if name in SPOKEN and value and LETTERS.search(value)
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if LETTERS.search(ADDRESS.sub("", data)) and not SAME_IN_BOTH & set(self.inside):
            self.found.append(data.strip())


def bare_words(template: str) -> list[str]:
    visible = Visible()
    visible.feed(re.sub(r"\{\{.*?\}\}|\{#.*?#\}", "", TAG.sub("", template), flags=re.S))
    return visible.found


def sentences(template: str) -> list[tuple[str, str]]:
    found = []
    for tag in TAG.findall(template):
        if tag.startswith("t "):
            match = SENTENCE.match(tag)
            assert match, f"{{% {tag} %}} isn't two sentences"
            found.append((match[1][1:-1], match[2][1:-1]))
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_no_word_stands_outside_the_two_languages(path):
    assert bare_words(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_each_sentence_has_an_english_and_a_chinese_side(path):
    for en, zh in sentences(path.read_text("utf-8")):
        if (
            path.name == "broken.html" or en == zh == "English"
        ):  # both languages at once, and a language's own name
            continue
        if zh == "中文":
            continue
        assert en.strip(), zh
        assert not CHINESE.search(en), en
        assert CHINESE.search(zh) or not LETTERS.search(zh), zh
        assert sorted(re.findall(r"\{(\w+)\}", en)) == sorted(re.findall(r"\{(\w+)\}", zh)), en


def test_the_check_sees_a_bare_word():
    assert bare_words('<p>{% t "Yes" "是" %} and</p>') == ["and"]
    assert bare_words('<input aria-label="Name">') == ["aria-label=Name"]
    assert bare_words("<p>{{ name }} <code>datong land</code></p>") == []


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.py")), ids=lambda path: str(path.relative_to(WEB)))
def test_chinese_in_code_stands_in_a_text_with_its_english(path):
    tree = ast.parse(path.read_text("utf-8"))
    in_texts = {
        id(constant)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Text"
        for constant in ast.walk(call)
    }
    prose = {
        id(constant) for node in ast.walk(tree) if isinstance(node, ast.Expr) for constant in ast.walk(node)
    }
    bare = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in in_texts | prose
    ]
    assert bare == []


def texts_in(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text("utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Text"]


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.py")), ids=lambda path: str(path.relative_to(WEB)))
def test_each_text_names_both_sides(path):
    for call in texts_in(path):
        assert {keyword.arg for keyword in call.keywords} == {"zh", "en"}, ast.unparse(call)


def test_each_value_of_each_enum_has_its_words():
    for kind, labels in words.BY_CLASS.items():
        assert set(labels) == set(kind), kind
        for text in labels.values():
            assert CHINESE.search(text.zh)
            assert text.en
            assert not CHINESE.search(text.en)


def test_each_event_that_a_capability_lists_is_told_in_words():
    import importlib

    listed = [
        importlib.import_module(f"datong.{path.parent.name}.events")
        for path in WEB.parent.glob("*/events.py")
    ]
    kinds = [kind for module in listed for kind in module.KINDS]
    assert len(listed) >= 5
    for kind in kinds:
        told = words.event_text(kind)
        assert CHINESE.search(told.zh), kind
        assert told.en != kind
        assert "facts" not in told.zh + told.en
