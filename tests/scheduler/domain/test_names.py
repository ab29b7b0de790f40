"""Names in the order in which people look for them."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.names import by_name


def test_numbers_count_and_capitals_do_not() -> None:
    names = ["Afgevaardigde 10", "SBDE", "afgevaardigde 9", "Afgevaardigde 2", "'t Huurdertje"]
    assert sorted(names, key=by_name) == [
        "'t Huurdertje",
        "Afgevaardigde 2",
        "afgevaardigde 9",
        "Afgevaardigde 10",
        "SBDE",
    ]


@given(st.lists(st.text()))
def test_any_names_can_be_put_in_order(names: list[str]) -> None:
    keys = [by_name(name) for name in sorted(names, key=by_name)]
    assert keys == sorted(keys)


def test_a_raised_figure_is_a_sign_like_others() -> None:
    assert sorted(["m³", "m²"], key=by_name) == ["m²", "m³"]
