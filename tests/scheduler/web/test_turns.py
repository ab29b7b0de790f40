"""Many at once are answered one after another: nobody waits for what nobody gives back."""

import asyncio

import httpx2
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

from scheduler.web.app import create_app
from scheduler.web.context import Context
from scheduler.web.turns import AT_ONCE, Turns

_VISITORS = 60


async def _ask_together(context: Context, cookies: dict[str, str]) -> list[int]:
    transport = httpx2.ASGITransport(app=create_app(context))
    async with httpx2.AsyncClient(
        transport=transport, base_url=context.base_url, cookies=cookies, timeout=60
    ) as visitor:
        answers = await asyncio.gather(*(visitor.get("/mail") for _ in range(_VISITORS)))
    return [answer.status_code for answer in answers]


def test_more_than_there_are_connections_are_all_answered(
    context: Context, representative: TestClient
) -> None:
    cookies = dict(representative.cookies)
    with start_blocking_portal() as loop:  # a browser of another test may have one in this thread
        assert loop.call(_ask_together, context, cookies) == [200] * _VISITORS


def test_who_works_leaves_room_in_the_pool(context: Context) -> None:
    pool = context.database.engine.pool
    assert pool.size() > AT_ONCE // 2
    assert pool.size() + pool._max_overflow > AT_ONCE


def test_each_loop_has_turns_of_its_own() -> None:
    turns = Turns(1)

    async def take() -> None:
        async with turns.turn():
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(turns.turn().acquire(), 0.01)

    for _ in range(2):
        with start_blocking_portal() as loop:
            loop.call(take)
