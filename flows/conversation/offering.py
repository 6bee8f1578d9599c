"""What somebody may put into another chat of theirs: their own card, as much of it as they choose, and a link for a partner.

Choosing one is choosing what is shown. Nobody else's part is in it, not even that there is somebody else.
"""

from flows.conversation.board import Board, card_lines, way_words
from flows.conversation.grouping import is_group
from flows.conversation.inviting import JOIN, LINK, PARTNER, TO_PASS_ON, may_pair
from flows.conversation.naming import Naming
from flows.conversation.seeing import Shows
from flows.conversation.session import Session
from flows.conversation.turn import Turn
from flows.conversation.view import Choice, Lines, Offer, Slot, View, Words
from flows.message import Family, Message

TITLE = Family("offer.title", (Shows.ROUTE, Shows.REASON, "partner"))
ABOUT_PARTNER = Message("offer.about_partner")
CARD = Message("offer.card", "who", "how")
CARD_MORE = Message("offer.card_more", "who", "how", "more")
ME = Message("offer.me")
BEGIN = Message("offer.begin")


def offer(turn: Turn) -> None:
    """Offer what there is: nothing to whoever has not begun, the card once everything is answered."""
    offers: list[Offer] = []
    language = turn.event.language
    member = turn.session["members"].get(turn.user)
    if member is not None:
        language = member["language"]
        if turn.path().present is None and not member.get("trial"):
            offers += [_card(turn, shows) for shows in (Shows.ROUTE, Shows.REASON)]
        if not is_group(turn.session) and may_pair(turn):
            offers.append(_link_for_partner(turn))
    begin = () if offers else (BEGIN(),)
    turn.shown.append(View(turn.event.user, Slot.OFFERS, begin, language=language, offers=tuple(offers)))


def _card(turn: Turn, shows: Shows) -> Offer:
    board = Board(_as_if_alone(turn, shows), turn.content, turn.today)
    person = next(each for each in board.answer.people if each.id == turn.me)
    route = board.best(person)
    who: Words | str = turn.member["name"] or ME()
    how = way_words(board, route)
    more = tuple(card_lines(board, person, route)) if route is not None and shows is Shows.REASON else ()
    card = CARD_MORE(who=who, how=how, more=Lines(more)) if more else CARD(who=who, how=how)
    return Offer(shows, TITLE(shows), how, (card,))


def _as_if_alone(turn: Turn, shows: Shows) -> Session:
    """The session as one in which nobody but the user shows anything."""
    members = {
        person: {**turn.member, "person": person, "shows": shows if person == turn.me else Shows.DONE, "chose": True}
        for person in turn.people
    }
    return {**turn.session, "members": members}  # type: ignore[typeddict-item]


def _link_for_partner(turn: Turn) -> Offer:
    link = Choice("partner", LINK(), start=JOIN + PARTNER)
    name = turn.member["name"] or Naming(turn, "").start(turn.me)
    return Offer("partner", TITLE("partner"), ABOUT_PARTNER(), (TO_PASS_ON(name=name),), ((link,),))
