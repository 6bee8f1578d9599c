"""Odds: the chances of being invited, for each and for all together, from published round figures alone."""
