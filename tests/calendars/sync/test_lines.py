from hypothesis import given
from hypothesis import strategies as st

from calendars.sync.lines import split, value_of
from calendars.sync.merge import merged

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=200)


@given(TEXT)
def test_a_line_of_any_length_comes_back_and_never_parts_a_character(text: str) -> None:
    body = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{text}\r\nEND:VEVENT\r\n".encode()
    again = split(body).joined()
    assert all(len(part.decode().encode()) <= 75 for part in again.split(b"\r\n"))
    assert split(again) == split(body)


def test_a_colon_in_quotes_does_not_end_a_parameter() -> None:
    assert value_of('ATTENDEE;SENT-BY="mailto:a@b":mailto:c@d') == "mailto:c@d"
    assert value_of("no colon") == ""


def test_what_is_no_event_is_replaced_whole() -> None:
    ours = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert merged(None, b"\xff\xfe nonsense", ours) == ours
