"""What is counted, for Prometheus. Never anything about a person: types, outcomes and durations only."""

from prometheus_client import Counter, Gauge, Histogram

_FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

UPDATES = Counter("iec_updates_total", "Updates by what they were and what became of them.", ["kind", "outcome"])
HANDLING = Histogram("iec_update_handling_seconds", "From picking an update up to its commit.", buckets=_FAST)
DRAWING = Histogram("iec_picture_drawing_seconds", "Drawing one picture, in a thread of its own.", buckets=_FAST)
SENDS = Counter("iec_sends_total", "Messages by outcome.", ["outcome"])
FLOODS = Counter("iec_floods_total", "Times that the messenger asked for silence (429).")
CALLS = Histogram("iec_api_call_seconds", "Calls to the Bot API by method.", ["method"], buckets=(*_FAST, 10.0))
CALL_ERRORS = Counter("iec_api_call_errors_total", "Failed calls to the Bot API.", ["method", "error"])
WAITING = Gauge("iec_waiting", "What waits in the store.", ["queue"])
OLDEST = Gauge("iec_oldest_waiting_seconds", "Age of the oldest that waits.", ["queue"])
REFUSED_UPDATES = Counter("iec_refused_updates_total", "Requests to the webhook that were refused.", ["reason"])
ASIDE = Gauge("iec_updates_aside", "Updates set aside after failing several times.")
