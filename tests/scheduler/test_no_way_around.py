"""Nothing goes around the rights: everything asks who asks, and each exception is named."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TypeGuard

import scheduler
from scheduler.domain.access import RIGHTS, Actor, Right
from scheduler.domain.terms import Role

ROOT = Path(scheduler.__file__).parent

ASKING_NOBODY = {
    "what a token, a password or a key proves, and nothing besides": {
        "scheduler.flows.access.mail_sign_in.ask_sign_in_link",
        "scheduler.flows.access.office.members.holder_of_claims",
        "scheduler.flows.access.pace.count_ask",
        "scheduler.flows.access.sessions.open_session",
        "scheduler.flows.access.sessions.session_of",
        "scheduler.flows.access.sessions.sign_out",
        "scheduler.flows.access.sign_in.holder_of",
        "scheduler.flows.access.sign_in.opens_at_once",
        "scheduler.flows.access.sign_in.redeem",
        "scheduler.flows.attending.mailed_links.open_answer_link",
        "scheduler.flows.attending.mailed_links.open_stand_in_link",
        "scheduler.flows.input.author.open_input_link",
        "scheduler.flows.mail.mail_addresses.asks_for",
        "scheduler.flows.mail.mail_addresses.confirm_mail",
        "scheduler.flows.lending.letter.open_loan_link",
        "scheduler.flows.mandates.choice_letter.open_choice_link",
        "scheduler.flows.mandates.links.open_mandate_link",
        "scheduler.flows.digest.choice.open_digest_off",
        "scheduler.flows.digest.choice.turn_digest_off",
        "scheduler.flows.publishing.publication_feed.read_publications",
        "scheduler.flows.report_back.links.open_reading_link",
        "scheduler.flows.report_back.links.open_writing_link",
        "scheduler.flows.reminders.choice.open_off_link",
        "scheduler.flows.reminders.choice.turn_off",
        "scheduler.flows.requests.request_link.open_link",
        "scheduler.flows.software.api_keys.holder_of_key",
        "scheduler.flows.voting.links.open_vote_link",
        "scheduler.flows.software.kept_answers.keep_answer",
        "scheduler.flows.software.kept_answers.kept_answer",
    },
    "what everybody may know: places, bodies, and that there was a publication": {
        "scheduler.db.people.corporation",
        "scheduler.db.people.corporations",
        "scheduler.db.people.dwellings_in",
        "scheduler.db.people.dwellings_of",
        "scheduler.db.people.has_samples",
        "scheduler.db.people.municipalities",
        "scheduler.db.people.municipality",
        "scheduler.db.people.organisation",
        "scheduler.db.people.organisations",
        "scheduler.db.people.place",
        "scheduler.db.people.place_of",
        "scheduler.db.people.province_name",
        "scheduler.db.people.regions",
        "scheduler.db.people.tables",
        "scheduler.db.published.latest_publication",
        "scheduler.db.published.newest",
        "scheduler.db.published.publication",
        "scheduler.flows.province.stakes.read_stakes",
        "scheduler.flows.requests.requesting.place_of",
        "scheduler.flows.requests.time_cost.time_costs",
    },
    "where a draft stands, on pages whose door is the right to see everybody's": {
        "scheduler.db.drafts.first_undone",
        "scheduler.db.drafts.last_done",
        "scheduler.db.drafts.names_stamp",
        "scheduler.db.drafts.stamp",
        "scheduler.db.drafts.working_draft",
        "scheduler.flows.publishing.facts_read.facts_in_force",
        "scheduler.flows.records.around.look_around",
    },
    "of a person or request that the caller has just proved to be": {
        "scheduler.flows.attending.answer_invitation.invited_to",
        "scheduler.flows.attending.own_part.own_part",
        "scheduler.flows.input.give.form_now",
        "scheduler.flows.input.give.give_input",
        "scheduler.flows.input.give.keep_input_draft",
        "scheduler.flows.input.give.own_occasion",
        "scheduler.db.reports.reported_meetings",
        "scheduler.flows.mail.mail_asker.mail_asker",
        "scheduler.flows.stand_in.places.who_could",
    },
    "by a hand, which is an actor with the time and, of a board, the member": {
        "scheduler.flows.mandates.consent.agree",
        "scheduler.flows.mandates.consent.refuse",
        "scheduler.flows.mandates.end.renew",
        "scheduler.flows.mandates.end.withdraw",
        "scheduler.flows.mandates.propose.propose_mandate",
        "scheduler.flows.mandates.take_part.choose_participation",
        "scheduler.flows.lending.lend.agree_to_loan",
        "scheduler.flows.lending.lend.propose_loan",
        "scheduler.flows.lending.lend.refuse_loan",
        "scheduler.flows.lending.lend.stop_loan",
        "scheduler.flows.mandates.ask_again.keep_choice",
    },
    "about a mandate or meetings that were read for who asks": {
        "scheduler.db.mandates.consents",
        "scheduler.flows.mandates.consent.missing",
        "scheduler.flows.mandates.end.renewal_of",
        "scheduler.flows.mandates.ground.read_ground",
        "scheduler.flows.mandates.propose.topics_known",
        "scheduler.flows.mandates.uses.lapses",
        "scheduler.flows.mandates.uses.uses",
    },
    "one's own session, which knows whose it is": {
        "scheduler.flows.access.sessions.member_of_session",
        "scheduler.flows.access.second.passkeys.add_passkey",
        "scheduler.flows.access.second.passkeys.offer_passkey",
        "scheduler.flows.access.second.passkeys.passkey_question",
        "scheduler.flows.access.second.passkeys.prove_by_passkey",
        "scheduler.flows.access.second.program.begin_program",
        "scheduler.flows.access.second.program.confirm_program",
        "scheduler.flows.access.second.proving.prove_by_code",
        "scheduler.flows.access.sessions.confirmed",
    },
}
"""The queries and flows that pages and the API use without saying who asks, and why they may."""


def _functions(*rooms: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function of these folders that takes a session, by its whole name."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if {"tables", "migrations"} & set(path.parts):
                continue
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if _is_public(node) and "session" in _arguments(node):
                    yield f"{_module(path)}.{node.name}", node


def _is_public(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef) and not node.name.startswith("_")


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _arguments(node: ast.FunctionDef) -> set[str]:
    return {each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}


def _used_by(room: str) -> Iterator[str]:
    """Whatever of `scheduler.db` and `scheduler.flows` this folder's modules name."""
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = importlib.import_module(_module(path)) if path.stem != "build" else None
        for node in ast.walk(tree):
            match node:
                case ast.Name(id=name):
                    yield from _whole_name(getattr(module, name, None))
                case ast.Attribute(value=ast.Name(id=owner), attr=name):
                    found = getattr(module, owner, None)
                    if isinstance(found, ModuleType):
                        yield from _whole_name(getattr(found, name, None))


def _whole_name(found: object) -> Iterator[str]:
    if inspect.isfunction(found):
        yield f"{found.__module__}.{found.__name__}"


def test_every_query_and_flow_that_takes_an_actor_asks_it() -> None:
    silent = [
        name
        for name, node in _functions("db", "flows")
        if "actor" in _arguments(node)
        and not any(
            isinstance(inner, ast.Name) and inner.id == "actor"
            for statement in node.body
            for inner in ast.walk(statement)
        )
    ]
    assert silent == []


def test_pages_and_api_go_around_nobody() -> None:
    asking_nobody = {
        name for name, node in _functions("db", "flows") if "actor" not in _arguments(node)
    }
    used = asking_nobody & set(_used_by("web"))
    assert used == set().union(*ASKING_NOBODY.values())


def test_every_role_has_its_rights_written_and_a_new_one_has_none() -> None:
    assert set(RIGHTS) == set(Role)
    assert set().union(*RIGHTS.values()) == set(Right)


def test_who_only_reads_has_no_right_that_changes_something() -> None:
    changing = {Right.PLAN, Right.ATTEND, Right.VOTE, Right.ASK, Right.SUBSCRIBE, Right.GIVE_ACCESS}
    assert not RIGHTS[Role.AUDITOR] & (changing | {Right.ERASE})
    assert Actor(Role.AUDITOR).only_reads


def test_who_gives_access_sees_no_plan() -> None:
    assert not RIGHTS[Role.ADMINISTRATOR] & {Right.FOLLOW, Right.SEE_ALL, Right.PLAN}
