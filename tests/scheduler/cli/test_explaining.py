"""`aantafel explain` and `aantafel compare`, on a worked example in files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from scheduler.cli import comparing, explaining
from scheduler.cli.app import Exit, app
from scheduler.domain.errors import BadInput, NotFound
from solver.problem import Tier

assert explaining.app is comparing.app is app

EXAMPLES = Path(__file__).parents[2] / "solver" / "examples"
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in English with words, and catch nothing but its exit."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def _files(name: str) -> tuple[Path, Path]:
    return EXAMPLES / f"{name}.problem.json", EXAMPLES / f"{name}.plan.json"


@pytest.mark.parametrize("name", ["mandate", "travel", "deputy", "office-hours", "pins"])
def test_explain_tells_of_every_meeting_in_the_agreed_shape(name: str, run: Run) -> None:
    result = run("explain", *_files(name), "--json")
    assert result.exit_code == Exit.DONE
    problem = json.loads(_files(name)[0].read_text())
    explained = json.loads(result.stdout)
    assert [one["meeting"] for one in explained["meetings"]] == [
        meeting["id"] for meeting in problem["meetings"]
    ]
    for one in explained["meetings"]:
        _assert_shape(one, problem["policy"]["tiers"])


def _assert_shape(one: dict[str, Any], tiers: list[str]) -> None:
    assert set(one) == {"meeting", "why", "gap", "candidates"}
    for why in one["why"]:
        assert set(why) == {"representative", "reasons"}
        assert all(isinstance(reason, str) for reason in why["reasons"])
    for candidate in one["candidates"]:
        assert set(candidate) == {"representative", "possible", "effect", "reasons"}
        assert list(candidate["effect"]) == (tiers if candidate["possible"] else [])
        assert candidate["reasons"]
    if one["gap"] is not None:
        assert set(one["gap"]) == {"missing", "causes"}
        for cause in one["gap"]["causes"]:
            assert set(cause) == {"change", "sentence", "verified"}
            assert cause["verified"]


def test_without_time_nothing_is_called_verified(run: Run) -> None:
    result = run("explain", *_files("mandate"), "--time-limit", "0", "--json")
    explained = json.loads(result.stdout)["meetings"]
    causes = [cause for one in explained if one["gap"] for cause in one["gap"]["causes"]]
    assert causes
    assert not any(cause["verified"] for cause in causes)


def test_one_meeting_is_explained_in_the_words_of_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = json.loads(_files("travel")[0].read_text())
    meeting = problem["meetings"][0]["id"]
    english = run("explain", *_files("travel"), "--meeting", meeting)
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    dutch = run("explain", *_files("travel"), "--meeting", meeting)
    assert english.stdout.startswith(meeting)
    assert dutch.stdout != english.stdout
    for other in problem["meetings"][1:]:
        assert not any(line.startswith(other["id"]) for line in english.stdout.splitlines())


def test_a_meeting_that_is_not_there_is_not_found(run: Run) -> None:
    assert isinstance(run("explain", *_files("travel"), "--meeting", "gone").exception, NotFound)


def test_a_plan_that_breaks_a_rule_is_not_explained(run: Run, tmp_path: Path) -> None:
    problem, plan = _files("travel")
    document = json.loads(plan.read_text())
    attended = next(one for one in document["meetings"] if one["attendees"])
    attended["attendees"] *= 2
    broken = tmp_path / "broken.plan.json"
    broken.write_text(json.dumps(document))
    result = run("explain", problem, broken)
    assert result.exit_code == Exit.BROKEN_RULE
    assert "seats" in result.stderr


def test_compare_adds_up(run: Run, tmp_path: Path) -> None:
    problem, plan = _files("travel")
    document = json.loads(plan.read_text())
    attended = next(one for one in document["meetings"] if one["attendees"])
    attended.update(slot=None, attendees=[], deputy=None, voices={})
    emptied = tmp_path / "emptied.plan.json"
    emptied.write_text(json.dumps(document))
    found = json.loads(run("compare", problem, plan, emptied, "--json").stdout)
    assert [change["meeting"] for change in found["changes"]] == [attended["meeting"]]
    for tier, difference in found["difference"].items():
        assert found["after"][tier] - found["before"][tier] == difference
        assert sum(change["effect"][tier] for change in found["changes"]) == difference


def test_compare_shows_every_tier_by_its_name_on_screen(run: Run) -> None:
    problem, plan = _files("travel")
    result = run("compare", problem, plan, plan)
    assert result.exit_code == Exit.DONE
    assert "Empty seats" in result.stdout
    assert "presence" not in result.stdout


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("name", ["spread", "stability", "office-hours", "pins"])
def test_the_shares_of_a_tier_are_told_by_who_brings_them(name: str, tier: Tier, run: Run) -> None:
    found = json.loads(run("explain", *_files(name), "--tier", tier, "--json").stdout)
    score = json.loads((EXAMPLES / f"{name}.score.json").read_text())
    assert (found["tier"], found["value"]) == (tier, score["tiers"][tier])
    kinds = ["meetings", "organisations", "representatives", "regions", "series"]
    assert list(found)[2:] == kinds
    added = {kind: sum(found[kind].values()) for kind in kinds}
    if tier is Tier.WORKLOAD:
        assert added["organisations"] + added["representatives"] == found["value"]
    else:
        assert added["meetings"] + added["regions"] + added["series"] == found["value"]


def test_a_tier_is_told_in_words_and_names(run: Run) -> None:
    result = run("explain", *_files("spread"), "--tier", "spread")
    assert result.stdout.splitlines()[0] == "Regional spread: 10"
    assert "Oost" in result.stdout


def test_a_tier_or_a_meeting_is_explained_and_not_both(run: Run) -> None:
    result = run("explain", *_files("spread"), "--tier", "spread", "--meeting", "m-1")
    assert isinstance(result.exception, BadInput)


def test_a_plan_from_standard_input_is_explained_too(run: Run) -> None:
    problem, plan = _files("travel")
    piped = CliRunner().invoke(
        app, ["explain", str(problem), "-", "--json"], input=plan.read_bytes()
    )
    assert piped.exit_code == Exit.DONE
    assert len(json.loads(piped.stdout)["meetings"]) == 3


def test_a_change_of_voices_alone_is_told(run: Run, tmp_path: Path) -> None:
    problem, plan = _files("mandate")
    document = json.loads(plan.read_text())
    for meeting in document["meetings"]:
        people = {speaker for heard, speaker in meeting["voices"].items() if heard == speaker}
        meeting["voices"] = {one: one for one in people}
    silent = tmp_path / "silent.plan.json"
    silent.write_text(json.dumps(document))
    result = run("compare", problem, plan, silent)
    assert result.exit_code == Exit.DONE
    assert "(other voices)" in result.stdout
    assert "Organisations not heard: worse by" in result.stdout
