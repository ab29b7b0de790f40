"""Webhooks over the API: where a body's software wants to be told what happened."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Body, Path, Request, Response
from pydantic import Field

from scheduler.domain.terms import EventKind
from scheduler.flows.outside import means_of
from scheduler.flows.software.webhooks import (
    WebhookView,
    subscribe,
    unsubscribe,
    webhook_of,
    webhooks_of,
)
from scheduler.web.api.caller import WebhookWriter
from scheduler.web.api.once import PostName, once
from scheduler.web.api.schema import Given, Schema
from scheduler.web.api.version import PREFIX

router = APIRouter(tags=["webhooks"])

WebhookId = Annotated[str, Path(alias="webhookId", pattern=r"^[A-Za-z0-9-]{1,40}$")]
Target = Annotated[
    str,
    Field(pattern=r"^https://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,20}(:443|:8443)?(/[!\"$-~]*)?$"),
    Field(max_length=1000),
]


class NewWebhook(Given):
    """An address, and which events are wanted; none named is all of them."""

    url: Target
    types: Annotated[list[Annotated[EventKind, Field(strict=False)]], Field(max_length=20)] = Field(
        default=[]
    )


class WebhookDocument(Schema):
    """A webhook, how many messages wait for it, and how many were given up after three days."""

    id: str
    url: str
    types: list[EventKind]
    created_at: datetime
    waiting: int
    failed: int

    @classmethod
    def of(cls, view: WebhookView) -> Self:
        """The document of a webhook."""
        return cls(
            id=view.id,
            url=view.url,
            types=list(view.kinds),
            created_at=view.created_at,
            waiting=view.waiting,
            failed=view.failed,
        )


class CreatedWebhook(WebhookDocument):
    """A new webhook, with the secret that its messages are signed with: shown this once.

    Each message has `webhook-id`, `webhook-timestamp` and `webhook-signature`, as the Standard
    Webhooks specification says.
    """

    secret: str


class WebhookList(Schema):
    """The body's webhooks."""

    items: list[WebhookDocument]


@router.get("/webhooks", operation_id="listWebhooks")
def list_webhooks(caller: WebhookWriter) -> WebhookList:
    """The body's webhooks."""
    found = webhooks_of(caller.session, caller.actor)
    return WebhookList(items=[WebhookDocument.of(each) for each in found])


@router.post(
    "/webhooks",
    operation_id="createWebhook",
    status_code=201,
    responses={201: {"model": CreatedWebhook}},
    response_class=Response,
)
def create_webhook(
    request: Request,
    caller: WebhookWriter,
    wanted: Annotated[NewWebhook, Body()],
    name: PostName = None,
) -> Response:
    """Be told what happens from now on."""
    context = caller.context
    guard = (
        getattr(request.app.state, "guard", None)
        or means_of(context.settings, context.database, context.key).guard
    )

    def create() -> tuple[CreatedWebhook, str]:
        view = subscribe(
            caller.session,
            caller.actor,
            wanted.url,
            wanted.types,
            key=context.key,
            guard=guard,
            at=caller.at,
        )
        document = WebhookDocument.of(view)
        created = CreatedWebhook(**document.model_dump(), secret=view.secret)
        return created, f"{PREFIX}/webhooks/{view.id}"

    return once(caller, name, wanted, create)


@router.get("/webhooks/{webhookId}", operation_id="getWebhook")
def get_webhook(caller: WebhookWriter, webhook_id: WebhookId) -> WebhookDocument:
    """One webhook, and how it goes."""
    return WebhookDocument.of(webhook_of(caller.session, caller.actor, webhook_id))


@router.delete("/webhooks/{webhookId}", operation_id="deleteWebhook", status_code=204)
def delete_webhook(caller: WebhookWriter, webhook_id: WebhookId) -> Response:
    """Be told nothing more."""
    unsubscribe(caller.session, caller.actor, webhook_id, at=caller.at)
    return Response(status_code=204)
