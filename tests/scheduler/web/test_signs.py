"""The table sign and who speaks for whom."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from scheduler.db.views import Attendance, MeetingView, Named, VoiceHeard
from scheduler.domain.terms import Character, Level, MeetingState, Mode, Part
from scheduler.web.signs import Speaker, speakers, table_sign, table_sign_of

MEVM, SBDE = Named("mevm", "MEVM"), Named("sbde", "SBDE")


def attendance(person: str, organisation: Named, part: Part = Part.ATTENDEE) -> Attendance:
    return Attendance(
        representative_id=person,
        label=person,
        label_is_public=False,
        organisation=organisation,
        part=part,
        online=False,
    )


def meeting(**words: object) -> MeetingView:
    start = datetime(2027, 3, 9, 9, tzinfo=UTC)
    facts = {
        "id": "m-1",
        "uid": "m-1@test.invalid",
        "revision": 0,
        "revised_at": start,
        "title": "Overleg",
        "table_name": None,
        "level": Level.PROVINCE,
        "character": Character.ADVISING,
        "municipality": None,
        "corporation": None,
        "mode": Mode.IN_PERSON,
        "place_name": "Assen",
        "address": None,
        "conference_url": None,
        "starts_at": start,
        "ends_at": start.replace(hour=11),
        "seats_min": 2,
        "seats_max": 2,
        "deputy_wanted": True,
        "state": MeetingState.PLANNED,
    }
    return MeetingView(**(facts | words))


def test_a_sign_shows_who_is_there_and_who_isnt() -> None:
    sign = table_sign(
        meeting(attendees=(attendance("a", MEVM),), deputy=attendance("b", SBDE, Part.DEPUTY))
    )
    assert [chair.taken for chair in sign.chairs] == [True, False]
    assert sign.deputy


def test_a_full_table_has_no_empty_chair() -> None:
    sign = table_sign(meeting(seats_min=1, attendees=(attendance("a", MEVM),) * 3))
    assert [chair.taken for chair in sign.chairs] == [True, True, True]
    assert not sign.deputy


@given(st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_a_sign_of_any_size_stays_within_its_picture(taken: int, extra: int, deputy: bool) -> None:
    sign = table_sign_of(taken, taken + extra, deputy)
    assert len(sign.chairs) <= 6
    assert len({(chair.x, chair.y) for chair in sign.chairs}) == len(sign.chairs)
    assert all(chair.x - chair.r >= 4 and chair.x + chair.r <= 52 for chair in sign.chairs)
    assert any(not chair.taken for chair in sign.chairs) == (extra > 0)


def test_speakers_are_told_with_those_they_speak_for() -> None:
    told = speakers(
        meeting(
            attendees=(attendance("a", MEVM), attendance("b", MEVM)),
            voices=(
                VoiceHeard(organisation=MEVM, speaker=MEVM, weight=2),
                VoiceHeard(organisation=SBDE, speaker=MEVM, weight=1),
            ),
        )
    )
    assert told == (Speaker("MEVM", itself=True, others=("SBDE",)),)


def test_a_speaker_without_a_stake_speaks_only_for_others() -> None:
    told = speakers(
        meeting(
            attendees=(attendance("a", MEVM),),
            voices=(VoiceHeard(organisation=SBDE, speaker=MEVM, weight=1),),
        )
    )
    assert told == (Speaker("MEVM", itself=False, others=("SBDE",)),)
