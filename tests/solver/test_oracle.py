import pytest

from solver.check import check

EXAMPLES = (
    "deputy",
    "dst",
    "mandate",
    "office-hours",
    "pins",
    "spread",
    "stability",
    "travel",
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_oracle_reaches_the_optimum_of_every_worked_example(
    name, example_problem, example_score, best_plan
):
    assert best_plan(example_problem(name)).tiers == example_score(name)["optimum"]


@pytest.mark.parametrize("seed", range(20))
def test_the_oracle_answers_with_a_valid_plan_of_its_own_value(seed, tiny_problem, best_plan):
    problem = tiny_problem(seed)
    best = best_plan(problem)
    judgement = check(problem, best.meetings)
    assert judgement.violations == ()
    assert judgement.tiers == best.tiers


def test_the_same_seed_gives_the_same_tiny_problem(tiny_document):
    assert tiny_document(7) == tiny_document(7)
    assert tiny_document(7) != tiny_document(8)
