"""The thinking: pure functions over a party and dated facts.

No Telegram, no clock, no network, and no files but for the content loader.
"""
