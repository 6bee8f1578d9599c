"""Facts past the day on which somebody should have looked at their source again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.check.records import Record
from flows.facts.record import Fact, Source

USUAL_DAYS = Fact.model_fields["review_after_days"].default


def stale_facts(found: Sequence[Record], sources: Mapping[str, Source], today: date) -> Iterator[str]:
    """One line for each fact still in force whose review day lies before ``today``, oldest first."""
    late: list[tuple[date, str]] = []
    for record in found:
        checked = record.data.get("checked_on")
        ends = record.data.get("effective_to")
        if not isinstance(checked, date) or (isinstance(ends, date) and ends < today):
            continue
        due = checked + timedelta(days=int(record.data.get("review_after_days", USUAL_DAYS)))
        if due < today:
            source = sources.get(str(record.data.get("source")))
            look = f"look at {source.url}" if source else "look at its source"
            late.append(
                (
                    due,
                    f"{record.where('checked_on')}: {record.name}: checked on {checked}, to be looked at again by {due}, "
                    f"today is {today}; {look} and set checked_on",
                )
            )
    yield from (line for _, line in sorted(late))
