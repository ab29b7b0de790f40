"""Three-way merge of one copy: what we wrote last, what stands there, what we want now.

The planner's properties come from what we want. What the owner added of their own (reminders,
colour, categories, remarks, X- properties, lines in the description) stays, to the letter.
"""

import re

from calendars.sync.lines import Lines, name_of, split, value_of

_OWNERS = frozenset({"COLOR", "COMMENT", "CLASS", "PRIORITY", "ATTACH"})
_WORDS = re.compile(r"(?<!\\),")
_LINE_END = re.compile(r"\\[nN]")
_OUR_MARKS = "X-AANTAFEL-"


def merged(base: bytes | None, theirs: bytes, ours: bytes) -> bytes:
    """`ours` with what the owner has changed between `base` and `theirs` in their own part.

    With `base` None (nothing is known of what we wrote) everything that may be the owner's is
    taken for theirs, but no lines of the description: those could be our own old ones.
    """
    before, found, result = split(base or b""), split(theirs), split(ours)
    if not found.event:
        return ours
    _keep_alarms(before if base else None, found, result)
    _keep_properties(before, found, result)
    _keep_categories(before, found, result)
    if base:
        _keep_notes(before, found, result)
    return result.joined() if result != split(ours) else ours


def _keep_alarms(before: Lines | None, found: Lines, result: Lines) -> None:
    if before is None or found.alarms != before.alarms:
        result.alarms = found.alarms


def _keep_properties(before: Lines, found: Lines, result: Lines) -> None:
    own = [line for line in found.event if _owners(line) and line not in before.event]
    replaced = {name_of(line) for line in own} & {"COLOR", "CLASS", "PRIORITY"}
    result.event = [line for line in result.event if name_of(line) not in replaced]
    result.event += [line for line in own if line not in result.event]


def _owners(line: str) -> bool:
    name = name_of(line)
    return name in _OWNERS or (name.startswith("X-") and not name.startswith(_OUR_MARKS))


def _keep_categories(before: Lines, found: Lines, result: Lines) -> None:
    had, have, want = (_categories(lines) for lines in (before, found, result))
    words = [word for word in want if word in have or word not in had]
    words += [word for word in have if word not in had and word not in words]
    if words == want:
        return
    result.event = [line for line in result.event if name_of(line) != "CATEGORIES"]
    if words:
        result.event.append(f"CATEGORIES:{','.join(words)}")


def _categories(lines: Lines) -> list[str]:
    return [
        word.strip()
        for line in lines.event
        if name_of(line) == "CATEGORIES"
        for word in _WORDS.split(value_of(line))
        if word.strip()
    ]


def _keep_notes(before: Lines, found: Lines, result: Lines) -> None:
    ours = {line.strip() for lines in (before, result) for line in _description(lines)}
    notes = [line for line in _description(found) if line.strip() and line.strip() not in ours]
    if not notes:
        return
    written = [line for line in _description(result) if line.strip()]
    text = "\\n".join([*_description(result), *([""] if written else []), *notes])
    result.event = [line for line in result.event if name_of(line) != "DESCRIPTION"]
    result.event.append(f"DESCRIPTION:{text}")


def _description(lines: Lines) -> list[str]:
    """Its lines, escaped as they stand; without the line there are none."""
    for line in lines.event:
        if name_of(line) == "DESCRIPTION":
            return _LINE_END.split(value_of(line))
    return []
