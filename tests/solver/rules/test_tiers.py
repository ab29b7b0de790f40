"""Each tier once, with a value reckoned by hand."""

from datetime import timedelta
from typing import Any

import pytest

from solver.problem import Experience, Level, Mode, PlannedMeeting, Seats, Tier
from solver.rules.workload import strain


def test_presence_weighs_the_seats_that_stay_empty(make: Any) -> None:
    meetings = [
        make.meeting("m-1", weight=9, seats=Seats(2, 3)),
        make.meeting("m-2", make.slot("2027-03-03T19:00"), weight=3, seats=Seats(2, 2)),
        make.meeting("m-3", make.slot("2027-03-04T19:00"), weight=1, seats=Seats(0, 2)),
    ]
    problem = make.problem([make.person("r-a"), make.person("r-b")], meetings)
    plan = make.planned("m-1", "r-a"), make.planned("m-3", "r-a", "r-b")
    assert make.values(problem, *plan)["presence"] == 9 * 1 + 3 * 2


def test_voice_weighs_who_is_not_heard_attended_or_not(make: Any) -> None:
    interested = {"o-a": 10, "o-b": 4, "o-c": 2}
    meetings = [
        make.meeting("m-1", weight=9, interested=interested),
        make.meeting("m-2", make.slot("2027-03-03T19:00"), weight=3, interested=interested),
    ]
    problem = make.problem([make.person("r-a")], meetings, mandates=(make.mandate("o-b", "o-a"),))
    plan = make.planned("m-1", "r-a", voices={"o-a": "o-a", "o-b": "o-a"})
    assert make.values(problem, plan)["voice"] == 9 * 2 + 3 * 16


def test_expertise_counts_what_no_attendee_has(make: Any) -> None:
    asked = frozenset({"wonen", "zorg", "recht"})
    meetings = [
        make.meeting("m-1", weight=9, expertise=asked, deputy=True),
        make.meeting("m-2", make.slot("2027-03-03T19:00"), weight=2, expertise=asked),
    ]
    people = [
        make.person("r-a", expertise=frozenset({"wonen"})),
        make.person("r-b", expertise=frozenset({"zorg", "wonen"})),
        make.person("r-c", expertise=frozenset({"recht"})),
    ]
    problem = make.problem(people, meetings)
    plan = make.planned("m-1", "r-a", "r-b", deputy="r-c")
    assert make.values(problem, plan)["expertise"] == 9 * 1 + 2 * 3


def test_deputy_counts_where_one_is_asked_for_and_missing(make: Any) -> None:
    days = range(2, 6)
    meetings = [
        make.meeting(f"m-{day}", make.slot(f"2027-03-0{day}T19:00"), weight=day, deputy=day != 5)
        for day in days
    ]
    problem = make.problem([make.person("r-a"), make.person("r-b")], meetings)
    plan = make.planned("m-2", "r-a", deputy="r-b"), make.planned("m-3", "r-a")
    # m-3 is attended without one, m-4 isn't attended at all, m-5 asks for none.
    assert make.values(problem, *plan)["deputy"] == 3 + 4


class TestStability:
    def _value(self, make: Any, before: Any, after: Any, **changes: Any) -> int:
        slots = make.slot("2027-03-02T19:00"), make.slot("2027-03-30T19:00")
        people = [make.person(name) for name in ("r-a", "r-b", "r-c")]
        meeting = make.meeting("m-1", *slots, deputy=True)
        problem = make.problem(people, [meeting], baseline={"m-1": before}, **changes)
        return int(make.values(problem, after)["stability"])

    def test_without_a_baseline_nothing_changes(self, make: Any) -> None:
        problem = make.problem([make.person("r-a")], [make.meeting("m-1")])
        assert make.values(problem, make.planned("m-1", "r-a"))["stability"] == 0

    def test_a_meeting_that_stands_in_one_of_the_two_only_counts_nothing(self, make: Any) -> None:
        gone = make.planned("m-gone", "r-a", voices={})
        problem = make.problem(
            [make.person("r-a")], [make.meeting("m-1")], baseline={"m-gone": gone}
        )
        assert make.values(problem, make.planned("m-1", "r-a"))["stability"] == 0

    @pytest.mark.parametrize(
        ("ahead", "notice"),
        [
            (timedelta(days=7), 2),
            (timedelta(days=7) - timedelta(minutes=1), 4),
            (timedelta(days=28), 1),
            (timedelta(days=28) - timedelta(minutes=1), 2),
            (timedelta(days=-3), 4),
        ],
        ids=["in a week", "just within", "in four weeks", "just within four", "past"],
    )
    def test_a_change_is_dearer_the_sooner_it_is(
        self, make: Any, ahead: timedelta, notice: int
    ) -> None:
        as_of = make.local("2027-03-02T19:00") - ahead
        before = make.planned("m-1", "r-a", voices={})
        value = self._value(make, before, make.planned("m-1", "r-b"), as_of=as_of)
        assert value == notice * 4 * 2

    def test_hours_of_notice_are_elapsed_hours(self, make: Any) -> None:
        # From 27 March 12:00 to 3 April 12:00 the clock jumps: 167 hours, so within the week.
        meeting = make.meeting("m-1", make.slot("2027-04-03T12:00"))
        before = make.planned("m-1", "r-a", voices={})
        problem = make.problem(
            [make.person("r-a"), make.person("r-b")],
            [meeting],
            baseline={"m-1": before},
            as_of=make.local("2027-03-27T12:00"),
        )
        assert make.values(problem, make.planned("m-1", "r-b"))["stability"] == 4 * 8

    @pytest.mark.parametrize(
        ("after", "changes"),
        [
            (("r-a", "r-b", 0, "r-c"), 0),
            (("r-b", "r-a", 0, "r-c"), 0),
            (("r-a", None, 0, "r-c"), 4),
            (("r-a", "r-b", 1, "r-c"), 12),
            (("r-a", "r-b", 0, None), 1),
            (("r-a", None, 1, None), 17),
        ],
    )
    def test_people_slot_and_deputy_have_their_price(
        self, make: Any, after: tuple[str, str | None, int, str | None], changes: int
    ) -> None:
        first, second, slot, deputy = after
        attendees = (first, second) if second else (first,)
        before = make.planned("m-1", "r-a", "r-b", deputy="r-c", voices={})
        plan = make.planned("m-1", *attendees, slot=slot, deputy=deputy)
        assert self._value(make, before, plan) == changes

    def test_a_cancelled_meeting_has_no_slot_to_differ(self, make: Any) -> None:
        before = make.planned("m-1", "r-a", voices={})
        assert self._value(make, before, make.nobody("m-1")) == 4

    def test_the_first_slot_counts_where_there_was_none(self, make: Any) -> None:
        as_of = make.local("2027-03-01T19:00")
        after = make.planned("m-1", "r-a", slot=1)
        assert self._value(make, make.nobody("m-1"), after, as_of=as_of) == 4 * 4

    def test_who_is_gone_counts_as_taken_away(self, make: Any) -> None:
        before = PlannedMeeting(
            meeting="m-1", slot=0, attendees=("r-gone", "r-a"), deputy="r-gone", voices={}
        )
        assert self._value(make, before, make.planned("m-1", "r-a")) == 4 + 1


class TestWorkload:
    @pytest.mark.parametrize(
        ("load", "bearable", "cost"),
        [
            (0, 100, 0),
            (1, 1_000_000, 1),
            (10, 100, 100),
            (101, 1000, 101 + 1),
            (24, 100, 240 + 140 + 40),
            (100, 100, sum(range(100, 1001, 100))),
            (200, 100, sum(range(100, 2001, 100))),
            (300, 100, 20 * 3000 - 100 * sum(range(20))),
        ],
    )
    def test_each_more_per_cent_costs_more(self, load: int, bearable: int, cost: int) -> None:
        assert strain(load, bearable) == cost

    def test_organisations_count_five_times_and_bear_what_their_people_do(self, make: Any) -> None:
        people = [
            make.person("r-a", target_minutes=600),
            make.person("r-b", target_minutes=1200),
            make.person("r-c", "o-b"),
        ]
        meeting = make.meeting("m-1", place="emmen", preparation_minutes=10, report_minutes=32)
        organisations = [make.organisation("o-a", capacity_minutes=2000)]
        problem = make.problem(people, [meeting], organisations=organisations)
        # Each: 60 + 10 + 32 + 2 x 49 = 200 minutes.
        plan = make.planned("m-1", "r-a", "r-b")
        organisation, first, second = 200 + 100, 334 + 234 + 134 + 34, 167 + 67
        assert make.values(problem, plan)["workload"] == 5 * organisation + first + second

    def test_standing_by_is_no_load(self, make: Any) -> None:
        meeting = make.meeting("m-1", deputy=True)
        problem = make.problem([make.person("r-a"), make.person("r-b")], [meeting])
        alone = make.values(problem, make.planned("m-1", "r-a"))
        backed = make.values(problem, make.planned("m-1", "r-a", deputy="r-b"))
        assert alone["workload"] == backed["workload"]


class TestSpread:
    def _problem(self, make: Any) -> Any:
        organisations = [
            make.organisation("o-a", region="noord"),
            make.organisation("o-b", region="oost"),
            make.organisation("o-c", region="west"),
        ]
        people = [make.person(f"r-{x}", f"o-{x}") for x in "abc"] + [make.person("r-a2")]
        interested = {"o-a": 1, "o-b": 1, "o-c": 1}
        days = {"m-1": (2, 3, Level.PROVINCE), "m-2": (3, 2, Level.PROVINCE)}
        days["m-3"] = (4, 4, Level.MUNICIPALITY)
        meetings = [
            make.meeting(
                name,
                make.slot(f"2027-03-0{day}T19:00"),
                level=level,
                weight=day,
                seats=Seats(least, 4),
                interested=interested,
            )
            for name, (day, least, level) in days.items()
        ]
        return make.problem(people, meetings, organisations=organisations)

    def test_regions_missing_at_a_table_and_short_of_their_share_cost(self, make: Any) -> None:
        # S = 3 + 2 = 5 over weights 1, 1, 2: quotas 1, 1, 2. At m-1 two of three regions sit,
        # at m-2 one of two; west sits once too few, oost once too few.
        plan = make.planned("m-1", "r-a", "r-c"), make.planned("m-2", "r-a", "r-a2")
        value = make.values(self._problem(make), *plan)["spread"]
        assert value == 10 * (2 * 1 + 3 * 1) + 10 * (1 + 1)

    def test_a_table_that_nobody_attends_counts_whole(self, make: Any) -> None:
        assert make.values(self._problem(make))["spread"] == 10 * (2 * 3 + 3 * 2) + 10 * 4

    def test_other_levels_count_for_nothing(self, make: Any) -> None:
        problem = self._problem(make)
        plan = make.planned("m-3", "r-a", "r-b", "r-c")
        assert make.values(problem, plan)["spread"] == make.values(problem)["spread"]


class TestComfort:
    def _value(self, make: Any, *plan: Any, people: Any = None, **changes: Any) -> int:
        slots = make.slot("2027-03-02T16:30"), make.slot("2027-03-03T19:00")
        meeting = make.meeting("m-1", *slots, seats=Seats(1, 3), **changes)
        problem = make.problem(people or [make.person("r-a")], [meeting])
        return int(make.values(problem, *plan)["comfort"])

    def test_nothing_to_bear_is_nothing(self, make: Any) -> None:
        assert self._value(make, make.planned("m-1", "r-a")) == 0
        assert self._value(make, make.nobody("m-1")) == 0

    def test_travel_counts_there_and_back_and_not_online(self, make: Any) -> None:
        plan = make.planned("m-1", "r-a")
        assert self._value(make, plan, place="emmen") == 2 * 49
        assert self._value(make, plan, place="emmen", mode=Mode.ONLINE) == 0
        assert self._value(make, plan, place="emmen", mode=Mode.HYBRID) == 0

    def test_office_hours_count_double_for_who_has_a_job(self, make: Any) -> None:
        people = [make.person("r-a", paid_job=True), make.person("r-b")]
        plan = make.planned("m-1", "r-a", "r-b")
        assert self._value(make, plan, people=people) == 2 * 30

    def test_each_face_at_a_table_beyond_two_costs(self, make: Any) -> None:
        meetings = [
            make.meeting(f"m-{day}", make.slot(f"2027-03-0{day}T19:00"), series=series)
            for day, series in ((2, "s-1"), (3, "s-1"), (4, "s-2"), (5, None))
        ]
        people = [make.person(f"r-{name}") for name in "abcd"]
        problem = make.problem(people, meetings)
        plan = (
            make.planned("m-2", "r-a", "r-b"),
            make.planned("m-3", "r-c", "r-a"),
            make.planned("m-4", "r-a", "r-b"),
            make.planned("m-5", "r-c", "r-d"),
        )
        assert make.values(problem, *plan)["comfort"] == 60

    def test_newcomers_on_their_own_cost_and_beside_somebody_do_not(self, make: Any) -> None:
        new = Experience.NEW
        people = [make.person("r-a", experience=new), make.person("r-b", experience=new)]
        people.append(make.person("r-c"))
        assert self._value(make, make.planned("m-1", "r-a", "r-b"), people=people) == 120
        assert self._value(make, make.planned("m-1", "r-a", "r-c"), people=people) == 0

    def test_preferences_count_per_attendance(self, make: Any) -> None:
        people = [
            make.person("r-a", avoids=frozenset({"s-1"})),
            make.person("r-b", prefers=frozenset({"s-1"})),
        ]
        both = make.planned("m-1", "r-a", "r-b")
        assert self._value(make, both, people=people, series="s-1") == 60 - 30
        assert self._value(make, both, people=people, series=None) == 0
        one = make.planned("m-1", "r-b")
        assert self._value(make, one, people=people, series="s-1") == -30

    def test_a_later_choice_of_slot_costs(self, make: Any) -> None:
        assert self._value(make, make.planned("m-1", "r-a", slot=1)) == 10


def test_office_hours_minutes_on_the_day_of_a_clock_change(make: Any) -> None:
    # Sunday 28 March made an office day: 01:00 to 04:00 on the clock are two elapsed hours.
    meeting = make.meeting("m-1", make.slot("2027-03-28T00:30", 240))
    problem = make.problem([make.person("r-a", paid_job=True)], [meeting])
    night = make.office(problem, weekdays=frozenset({7}), start=60, end=240)
    assert make.values(night, make.planned("m-1", "r-a"))["comfort"] == 2 * 120


def test_only_the_policys_tiers_are_compared_and_in_its_order(make: Any) -> None:
    problem = make.problem([make.person("r-a")], [make.meeting("m-1")])
    repair = make.with_tiers(problem, Tier.STABILITY, Tier.PRESENCE)
    judgement = make.judged(repair)
    assert list(judgement.tiers.items()) == [(Tier.STABILITY, 0), (Tier.PRESENCE, 1)]
    assert list(judgement.all_tiers) == list(Tier)
