"""The authority publishes a submitted entry or returns it with reasons (政务数据共享条例 Art. 16)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from datong.catalogue import actions
from datong.terms.actor import Role
from datong.terms.names import ResourceName
from datong.terms.text import Text
from datong.web.doors import open_to
from datong.web.language import language
from datong.web.node import node, now, signed_in


@open_to(Role.AUTHORITY_REVIEWER)
@require_POST
def publish(request: HttpRequest, name: ResourceName) -> HttpResponse:
    actions.publish(store=node().catalogue, name=name, by=signed_in(request), at=now())
    done = Text(
        zh="已发布，各部门均可在目录中看到。", en="Published: every department finds it in the catalogue."
    )
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect(f"/catalogue/{name}/")


@open_to(Role.AUTHORITY_REVIEWER)
@require_POST
def return_with_reasons(request: HttpRequest, name: ResourceName) -> HttpResponse:
    because = request.POST.get("because", "").strip()
    actions.return_with_reasons(
        store=node().catalogue, name=name, because=because, by=signed_in(request), at=now()
    )
    done = Text(zh="已退回，退回理由已告知提供部门。", en="Returned: the department sees your reasons.")
    messages.success(request, done.in_(language(request)))
    return HttpResponseRedirect("/")
