"""The few messages that the delivery itself says; everything else is said by the conversation."""

from flows.message import Message

LINK_GONE = Message("delivery.link_gone")
LINK_TAKEN = Message("delivery.link_taken")
SLOW_DOWN = Message("delivery.slow_down")
BROKEN = Message("delivery.broken")
ONLY_TEXT = Message("delivery.only_text")
EXPORTED = Message("delivery.exported")
ADMIN_ASIDE = Message("delivery.admin_aside", "update", "problem")
