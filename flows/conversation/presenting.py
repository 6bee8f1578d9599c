"""What is to be shown now: the question that is open for this user, or the answer when nothing is left to ask."""

from flows.conversation.answer_view import show_answer
from flows.conversation.group_sharing import ask_what_group_sees
from flows.conversation.grouping import is_group
from flows.conversation.news import tell_news
from flows.conversation.question_view import noted_words, show_question
from flows.conversation.sharing import ask_what_to_show, tell_the_others
from flows.conversation.turn import Turn
from flows.conversation.view import Words


def show_present(turn: Turn, *before: Words, welcome: bool = False) -> None:
    """Show the present step of the user on their card."""
    tell_news(turn)
    place = turn.present
    if place is not None and not (turn.member.get("trial") and not turn.member.get("focus")):
        show_question(turn, place, *before, welcome=welcome)
        return
    turn.member["shown"] = None
    in_group = is_group(turn.session)
    if ask_what_group_sees(turn) if in_group else ask_what_to_show(turn):
        return
    # The news comes first; only what was told without being asked is said back before it.
    show_answer(turn, *before, *([] if turn.had_question else noted_words(turn)))
    if not in_group:  # a group sees it on its board
        tell_the_others(turn)
