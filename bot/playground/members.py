"""Who is in a chat and who lets the bot in: leaving, coming back, blocking, and the bot being put out of a group."""

from bot.local_api import acting, membership
from bot.local_api.errors import NotPossible
from bot.local_api.people import User
from bot.playground.stage import Phone, Stage

DEEDS = ("block", "unblock", "leave", "join", "remove_bot", "add_bot")


def change_members(stage: Stage, deed: str, user: User, phone: Phone | None) -> None:
    """Do one of DEEDS as ``user``; those that are about a group want the ``phone`` that shows it.

    NotPossible, in words, where an app would not let them.
    """
    match deed:
        case "block":
            acting.block(stage.world, user.id)
        case "unblock":
            acting.unblock(stage.world, user.id)
        case "leave":
            _leave(stage, user, _group(phone))
        case "join":
            membership.join(stage.world, user.id, _group(phone).chat.id)
        case "remove_bot":
            membership.remove_bot(stage.world, user.id, _group(phone).chat.id)
        case "add_bot":
            membership.add_bot(stage.world, user.id, _group(phone).chat.id)
        case _:
            raise NotPossible(f"nobody can {deed!r}")


def _leave(stage: Stage, user: User, phone: Phone) -> None:
    membership.leave(stage.world, user.id, phone.chat.id)
    stage.script.left(user, phone.chat)
    staying = next(phone.chat.people(), None)
    if phone.user is user and staying is not None:
        stage.act_as(phone, staying.id)


def _group(phone: Phone | None) -> Phone:
    if phone is None or not phone.chat.is_group:
        raise NotPossible("this is not a group, or its phone was put away")
    return phone
