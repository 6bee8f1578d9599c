"""The chances of being invited: each, one, both, all, with what they rest on, and as a picture: /odds."""

from flows.conversation.effect import Picture
from flows.conversation.naming import Naming
from flows.conversation.routes_view import back, too_early
from flows.conversation.seeing import seen_in_full
from flows.conversation.turn import Turn
from flows.conversation.view import Slot, View
from flows.odds.chances import odds_for
from flows.odds.figures import round_figures
from flows.odds.telling import tell_odds
from flows.picture_words import chance_caption, past_caption
from flows.pictures import ChanceScene


def show_odds(turn: Turn, details: str = "") -> None:
    """The odds of those whose part the reader may see in full, from the newest figures there are."""
    if too_early(turn):
        return
    party, answer = seen_in_full(turn)
    figures = round_figures(turn.content.facts, turn.content.archived, turn.today)
    odds = odds_for(party, answer, figures, turn.today)
    naming = Naming(turn)
    turn.show(*tell_odds(odds, naming.start), choices=((back(turn),),))
    caption = chance_caption(odds, naming.start) or past_caption(odds)
    if caption:
        view = View(turn.event.chat, Slot.MESSAGE, tuple(caption), language=turn.member["language"])
        names = {person.id: naming.start(person.id) for person in odds.people}
        turn.shown.append(Picture(view, ChanceScene(odds), names))
