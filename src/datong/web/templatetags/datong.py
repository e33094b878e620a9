"""Both languages side by side in a template: `{% t "English" "中文" %}`, and `{% say value %}` for texts that values carry."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from datong.catalogue.field import Field
from datong.catalogue.resource import Resource
from datong.intake import reasons
from datong.sharing.scope import RowScope
from datong.terms.names import ResourceName
from datong.terms.text import Language
from datong.web.node import node, purposes
from datong.web.words import FORMATS, event_text, scope_text, subject_path, text_of

register = template.Library()


@register.simple_tag(takes_context=True)
def t(context: Mapping[str, Any], en: str, zh: str, **values: object) -> SafeString:
    """The sentence in the page's language; `{name}` places are filled with escaped values."""
    sentence = zh if _language(context) == "zh" else en
    # The sentence is the template author's own; only what is filled in needs escaping.
    return format_html(sentence, **values) if values else mark_safe(conditional_escape(sentence))


@register.simple_tag(takes_context=True)
def say(context: Mapping[str, Any], value: object) -> str:
    """A Text, or a word of ours (an enum's value, an event's kind), in the page's language."""
    return text_of(value).in_(_language(context))


@register.filter
def day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else "—"


@register.filter
def moment(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else "—"


@register.filter
def counted(value: int | None) -> str:
    """1234567 → 1,234,567. Chinese number grouping by four is for words, not for digits in a table."""
    return "—" if value is None else f"{value:,}"


def _language(context: Mapping[str, Any]) -> Language:
    return context.get("language", "zh")


@register.simple_tag(takes_context=True)
def department(context: Mapping[str, Any], code: str) -> str:
    """A department's name for its code; the code itself where nothing more is known."""
    found = node().catalogue.department(code) if code else None
    return text_of(found.title if found else code).in_(_language(context))


@register.simple_tag(takes_context=True)
def purpose(context: Mapping[str, Any], code: str) -> str:
    found = purposes().get(code)
    return text_of(found.title if found else code).in_(_language(context))


@register.simple_tag(takes_context=True)
def element(context: Mapping[str, Any], code: str) -> str:
    found = node().catalogue.element(code) if code else None
    return text_of(found.title if found else code).in_(_language(context))


@register.simple_tag(takes_context=True)
def titled(context: Mapping[str, Any], entry: Resource) -> str:
    """A resource's title; its name where nobody gave it one yet."""
    return entry.title.in_(_language(context)) or str(entry.name)


@register.simple_tag(takes_context=True)
def happened(context: Mapping[str, Any], kind: str) -> str:
    return event_text(kind).in_(_language(context))


@register.simple_tag(takes_context=True)
def reason(context: Mapping[str, Any], code: str) -> str:
    """Why a row was quarantined or a value repaired."""
    return reasons.says(code).in_(_language(context))


@register.simple_tag(takes_context=True)
def scope(context: Mapping[str, Any], rows: RowScope) -> str:
    return scope_text(rows).in_(_language(context))


@register.simple_tag(takes_context=True)
def format_of(context: Mapping[str, Any], name: str) -> str:
    return FORMATS.get(name, text_of(name)).in_(_language(context))


@register.simple_tag(takes_context=True)
def resource_named(context: Mapping[str, Any], name: str) -> str:
    """The title of the resource so named; its name where the catalogue has none."""
    found = node().catalogue.resource(ResourceName.parse(name))
    return titled(context, found) if found else name


@register.simple_tag
def subject(what: str) -> SafeString | str:
    """What an event is about, as a link where it has a page."""
    path = subject_path(what)
    return format_html('<a href="{}">{}</a>', path, what) if path else what


@register.simple_tag(takes_context=True)
def item(context: Mapping[str, Any], field: Field) -> str:
    """A field's title, with the name that SQL writes where the two differ."""
    title = subtitle(context, field)
    return f"{title} ({field.name})" if title else field.name


@register.simple_tag(takes_context=True)
def subtitle(context: Mapping[str, Any], field: Field) -> str:
    """A field's title where it says more than the name that stands above it."""
    title = field.title.in_(_language(context))
    return "" if title == field.name else title
