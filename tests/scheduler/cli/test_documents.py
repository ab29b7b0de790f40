"""Solving and judging files, without a database."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "solver" / "examples"
Run = Callable[..., object]


def test_a_problem_is_solved_and_the_plan_passes_the_judge(run: Run, tmp_path: Path) -> None:
    problem, plan = str(EXAMPLES / "mandate.problem.json"), str(tmp_path / "plan.json")
    solved = run("solve", problem, "--out", plan, "--time-limit", "10", "--seed", "3")
    assert solved.code == 0
    judged = run("check", problem, plan, "--json")
    assert judged.code == 0
    answer = json.loads(judged.out)
    expected = json.loads((EXAMPLES / "mandate.score.json").read_text())["optimum"]
    assert answer == {"valid": True, "violations": [], "tiers": expected}
    assert json.loads(Path(plan).read_text())["status"] == "optimal"


def test_progress_is_json_lines_for_a_program(run: Run, tmp_path: Path) -> None:
    problem, plan = str(EXAMPLES / "travel.problem.json"), str(tmp_path / "plan.json")
    solved = run("solve", problem, "--out", plan, "--progress", "json")
    lines = [json.loads(line) for line in solved.out.splitlines()]
    assert lines
    assert {"seconds", "tiers"} == set(lines[-1])
    assert set(lines[-1]["tiers"][0]) == {"name", "value", "bound", "proven"}


def test_a_plan_that_breaks_a_rule_ends_with_1(run: Run, tmp_path: Path) -> None:
    problem = EXAMPLES / "deputy.problem.json"
    plan = json.loads((EXAMPLES / "deputy.plan.json").read_text())
    broken = json.loads((EXAMPLES / "deputy.score.json").read_text())["invalid"][0]
    file = tmp_path / "plan.json"
    file.write_text(json.dumps({**plan, "meetings": broken["meetings"]}))
    judged = run("check", str(problem), str(file), "--json")
    assert judged.code == 1
    found = json.loads(judged.out)
    assert not found["valid"]
    named = [
        {key: each[key] for key in ("rule", "meeting", "representative")}
        for each in found["violations"]
    ]
    assert sorted(named, key=str) == sorted(broken["violations"], key=str)
    assert all(each["detail"] for each in found["violations"])


def test_a_bad_problem_is_refused_with_every_fault_by_its_path(run: Run, tmp_path: Path) -> None:
    document = json.loads((EXAMPLES / "travel.problem.json").read_text())
    document["meetings"][0]["weight"] = 0
    document["representatives"][1]["home"] = "nowhere"
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(document))
    refused = run("solve", str(file), "--out", str(tmp_path / "plan.json"))
    assert refused.code == 2
    assert "meetings[0].weight" in refused.err
    assert "representatives[1].home" in refused.err
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}'])
def test_what_is_no_problem_at_all_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "problem.json"
    file.write_bytes(content)
    refused = run("check", str(file), str(file))
    assert refused.code == 2
    assert str(file) in refused.err
    assert "Traceback" not in refused.err


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    refused = run("check", str(tmp_path / "none.json"), str(tmp_path / "none.json"))
    assert refused.code == 2
    assert "none.json" in refused.err


def test_a_place_that_can_not_be_written_is_refused_before_the_search(
    run: Run, tmp_path: Path
) -> None:
    problem = str(EXAMPLES / "travel.problem.json")
    refused = run("solve", problem, "--out", str(tmp_path / "none" / "plan.json"))
    assert refused.code == 2
    assert "can't be used" in refused.err


def test_a_repair_changes_as_little_as_it_can(run: Run, tmp_path: Path) -> None:
    problem, plan = str(EXAMPLES / "stability.problem.json"), str(tmp_path / "plan.json")
    before = str(EXAMPLES / "stability.plan.json")
    solved = run("solve", problem, "--out", plan, "--mode", "repair", "--baseline", before)
    assert solved.code == 0
    tiers = json.loads(Path(plan).read_text())["tiers"]
    assert [tier["name"] for tier in tiers[:2]] == ["presence", "stability"]
    assert tiers[1]["value"] == 0


def test_a_baseline_needs_a_mode(run: Run, tmp_path: Path) -> None:
    problem = str(EXAMPLES / "stability.problem.json")
    plan = str(EXAMPLES / "stability.plan.json")
    refused = run("solve", problem, "--out", str(tmp_path / "p.json"), "--baseline", plan)
    assert refused.code == 2
    assert "--mode" in refused.err


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_the_search_gets_the_best_plan_so_far(tmp_path: Path, sent: int) -> None:
    problem, plan = EXAMPLES / "drenthe-2027.problem.json", tmp_path / "plan.json"
    command = [sys.executable, "-m", "scheduler.cli", "solve", str(problem), "--out", str(plan)]
    with subprocess.Popen(
        [*command, "--time-limit", "120", "--progress", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        started = time.monotonic()
        process.send_signal(sent)
        _, errors = process.communicate(timeout=100)
    assert time.monotonic() - started < 100
    assert process.returncode == 0
    assert "best plan so far" in errors
    assert json.loads(plan.read_text())["format"] == "delegation-plan/1"


def _piped(*words: str, given: bytes) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "scheduler.cli", *words]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=100)


def test_a_problem_comes_from_standard_input_and_the_plan_goes_to_standard_output() -> None:
    problem = EXAMPLES / "travel.problem.json"
    solved = _piped("solve", "-", "--out", "-", "--progress", "none", given=problem.read_bytes())
    assert solved.returncode == 0
    assert json.loads(solved.stdout)["status"] == "optimal"
    judged = _piped("check", str(problem), "-", "--json", given=solved.stdout)
    assert judged.returncode == 0
    assert json.loads(judged.stdout)["valid"]


def test_only_one_document_comes_from_standard_input(run: Run) -> None:
    refused = run("check", "-", "-")
    assert refused.code == 2
    assert "standard input" in refused.err


def test_progress_and_a_plan_are_not_mixed_on_standard_output(run: Run) -> None:
    problem = str(EXAMPLES / "travel.problem.json")
    refused = run("solve", problem, "--out", "-", "--progress", "json")
    assert refused.code == 2
    assert refused.out == ""


@pytest.mark.parametrize("words", [("--time-limit", "inf"), ("--seed", "9" * 20)])
def test_what_no_search_can_be_given_is_refused(
    run: Run, tmp_path: Path, words: tuple[str, str]
) -> None:
    problem = str(EXAMPLES / "travel.problem.json")
    refused = run("solve", problem, "--out", str(tmp_path / "plan.json"), *words)
    assert refused.code == 2
    assert words[0] in refused.err


def test_a_plan_in_place_of_a_problem_is_told_in_one_line(run: Run) -> None:
    plan, problem = str(EXAMPLES / "travel.plan.json"), str(EXAMPLES / "travel.problem.json")
    swapped = run("check", plan, problem)
    assert swapped.code == 2
    assert swapped.err.splitlines() == [
        f"{plan} is a plan; the planning problem should stand here."
    ]
    twice = run("check", problem, problem)
    assert twice.err.splitlines() == [f"{problem} is a planning problem; a plan should stand here."]


def test_a_plan_that_says_what_is_not_so_is_warned_of(run: Run, tmp_path: Path) -> None:
    document = json.loads((EXAMPLES / "travel.plan.json").read_text())
    document["problem"] = "0" * 64
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document))
    judged = run("check", str(EXAMPLES / "travel.problem.json"), str(file))
    assert judged.code == 0
    assert "the digest of the problem's document" in judged.err


def test_a_million_faults_are_told_as_far_as_anybody_reads(run: Run, tmp_path: Path) -> None:
    document = json.loads((EXAMPLES / "travel.problem.json").read_text())
    document["meetings"] = [1] * 5000
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(document))
    refused = run("solve", str(file), "--out", str(tmp_path / "plan.json"))
    assert refused.code == 2
    assert len(refused.err.splitlines()) == 1001
    assert refused.err.splitlines()[-1].endswith("and 4000 faults more.")


def test_a_search_is_told_in_the_language_of_the_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    problem, plan = str(EXAMPLES / "travel.problem.json"), str(tmp_path / "plan.json")
    solved = run("solve", problem, "--out", plan)
    assert "(bewezen)" in solved.err
    assert "op zijn best" in solved.err
    assert "Geldig." in run("check", problem, plan).out


def test_the_exit_codes_stand_in_the_help(run: Run) -> None:
    shown = " ".join(run("--help").out.split())
    assert "0 done; 1 a plan breaks a rule; 2 what was given can't be used; 3" in shown


def test_a_repair_starts_from_a_plan_that_names_who_has_gone_since(
    run: Run, tmp_path: Path
) -> None:
    document = json.loads((EXAMPLES / "deputy.problem.json").read_text())
    before = json.loads((EXAMPLES / "deputy.plan.json").read_text())
    gone = before["meetings"][0]["attendees"][0]
    document["representatives"] = [r for r in document["representatives"] if r["id"] != gone]
    cancelled = document["meetings"].pop()["id"]
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(json.dumps(document))
    earlier = str(EXAMPLES / "deputy.plan.json")
    for mode in ("repair", "rebalance"):
        solved = run(
            *("solve", str(problem), "--out", str(plan), "--mode", mode, "--baseline", earlier)
        )
        assert solved.code == 0, solved.err
        answer = json.loads(plan.read_text())
        assert cancelled not in {meeting["meeting"] for meeting in answer["meetings"]}
        assert {"name": "presence", "value": 0, "bound": 0, "proven": True} in answer["tiers"]


def test_a_repair_takes_a_problem_from_standard_input_and_a_plan_from_a_file() -> None:
    problem = (EXAMPLES / "stability.problem.json").read_bytes()
    words = ("--mode", "repair", "--baseline", str(EXAMPLES / "stability.plan.json"))
    solved = _piped("solve", "-", "--out", "-", "--progress", "none", *words, given=problem)
    assert json.loads(solved.stdout)["tiers"][1]["value"] == 0


def test_what_is_no_plan_is_no_plan_to_start_from(run: Run, tmp_path: Path) -> None:
    problem = str(EXAMPLES / "stability.problem.json")
    document = json.loads((EXAMPLES / "stability.plan.json").read_text())
    document["meetings"][0]["slot"] = 99
    file = tmp_path / "before.json"
    file.write_text(json.dumps(document))
    words = ("--out", str(tmp_path / "plan.json"), "--mode", "repair", "--baseline")
    refused = run("solve", problem, *words, str(file))
    assert (refused.code, "meetings[0].slot" in refused.err) == (2, True)
    swapped = run("solve", problem, *words, problem)
    assert (swapped.code, "is a planning problem" in swapped.err) == (2, True)
