"""The chances of being invited: each, one, both, all, with what they rest on: /odds."""

from flows.conversation.naming import Naming
from flows.conversation.routes_view import back, too_early
from flows.conversation.seeing import seen_in_full
from flows.conversation.turn import Turn
from flows.odds.chances import odds_for
from flows.odds.figures import round_figures
from flows.odds.telling import tell_odds


def show_odds(turn: Turn, details: str = "") -> None:
    """The odds of those whose part the reader may see in full, from the newest figures there are."""
    if too_early(turn):
        return
    party, answer = seen_in_full(turn)
    figures = round_figures(turn.content.facts, turn.content.archived, turn.today)
    odds = odds_for(party, answer, figures, turn.today)
    turn.show(*tell_odds(odds, Naming(turn).start), choices=((back(turn),),))
