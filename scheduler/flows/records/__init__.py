"""Records: what the province is made of, as texts by field for forms, sheets and the log."""

from scheduler.flows.records.around import Around, look_around
from scheduler.flows.records.carry_out import (
    carry_out,
    look_again,
    receive_sheet,
    received,
)
from scheduler.flows.records.change import (
    Typed,
    add_record,
    change_record,
    end_record,
    remove_record,
    undo_change,
)
from scheduler.flows.records.effects import Effect, effects_of
from scheduler.flows.records.errors import (
    AlreadyThere,
    BadRecord,
    Meanwhile,
    RecordChanged,
    UndoImpossible,
)
from scheduler.flows.records.history import (
    Difference,
    differences,
    field_differences,
    history_of,
)
from scheduler.flows.records.imports import Outcome, Preview, RowOutcome, preview_sheet
from scheduler.flows.records.kind import LAST_DAY, Field, FieldFault, Kind, Record
from scheduler.flows.records.kinds import KINDS
from scheduler.flows.records.sheet import sheet_of
from scheduler.flows.records.store import (
    Listed,
    count_records,
    fitting,
    has_ended,
    kind_called,
    record_of,
    records,
    title_of,
)
from scheduler.flows.records.writing import IDENTIFIER, Change

__all__ = [
    "IDENTIFIER",
    "KINDS",
    "LAST_DAY",
    "AlreadyThere",
    "Around",
    "BadRecord",
    "Change",
    "Difference",
    "Effect",
    "Field",
    "FieldFault",
    "Kind",
    "Listed",
    "Meanwhile",
    "Outcome",
    "Preview",
    "Record",
    "RecordChanged",
    "RowOutcome",
    "Typed",
    "UndoImpossible",
    "add_record",
    "carry_out",
    "change_record",
    "count_records",
    "differences",
    "effects_of",
    "end_record",
    "field_differences",
    "fitting",
    "has_ended",
    "history_of",
    "kind_called",
    "look_again",
    "look_around",
    "preview_sheet",
    "receive_sheet",
    "received",
    "record_of",
    "records",
    "remove_record",
    "sheet_of",
    "title_of",
    "undo_change",
]
