"""Pictures (PNG) for a phone's screen: chances over time, the party's dates, the whole answer as a card.

They need the extra ``pictures``; without it everything else works and nobody is sent a picture.
"""
