"""Groups coming into being, people and the bot joining and leaving them, and a group becoming a supergroup."""

from __future__ import annotations

from bot.local_api.chats import Chat, ChatKind, Member
from bot.local_api.errors import NotPossible
from bot.local_api.people import BotAccount, User
from bot.local_api.world import World


def create_group(
    world: World,
    user_id: int,
    title: str,
    members: list[int] | None = None,
    supergroup: bool = False,
    forum: bool = False,
    with_bot: bool = False,
) -> Chat:
    """A person creates a group with others, at once with the bot or without it. A forum is always a supergroup."""
    creator = world.user(user_id)
    kind = ChatKind.SUPERGROUP if supergroup or forum else ChatKind.GROUP
    chat = world.add_chat(kind, title, forum)
    chat.members[creator.id] = Member(creator, "creator")
    for other in members or []:
        chat.members[other] = Member(world.user(other))
    if with_bot:
        add_bot(world, user_id, chat.id)
    world.pulse.beat()
    return chat


def create_topic(world: World, user_id: int, chat_id: int, name: str) -> int:
    """A person opens a topic in a forum; returns its message_thread_id."""
    user, chat = _inside(world, user_id, chat_id)
    if not chat.forum:
        raise NotPossible("this chat has no topics")
    message = world.post(chat, user, service={"forum_topic_created": {"name": name, "icon_color": 7322096}})
    chat.topics[message.id] = name
    message.thread = message.id
    return message.id


def two_people(world: World, user_id: int, other_id: int) -> Chat:
    """The own chat of two people, which the bot is not part of."""
    wanted = {user_id, other_id}
    for chat in world.chats.values():
        if chat.kind is ChatKind.BETWEEN and set(chat.members) == wanted:
            return chat
    one, other = world.user(user_id), world.user(other_id)
    chat = world.add_chat(ChatKind.BETWEEN, f"{one.first_name} and {other.first_name}")
    chat.members = {one.id: Member(one), other.id: Member(other)}
    return chat


def join(world: World, user_id: int, chat_id: int, by: int | None = None) -> None:
    """A person comes into a group, by a link or added by someone."""
    user, chat = world.user(user_id), _group(world, chat_id)
    if chat.has(user.id):
        raise NotPossible(f"{user.first_name} is in the group already")
    adder = world.user(by) if by is not None else user
    change(world, chat, user, "member", by=adder)
    world.post(chat, adder, service={"new_chat_members": [user.as_json()]})


def leave(world: World, user_id: int, chat_id: int) -> None:
    """A person leaves a group."""
    user, chat = _inside(world, user_id, chat_id)
    world.post(chat, user, service={"left_chat_member": user.as_json()})
    change(world, chat, user, "left", by=user)


def remove(world: World, by: int, user_id: int, chat_id: int) -> None:
    """An administrator removes a person from a group."""
    remover, chat = _inside(world, by, chat_id)
    user = world.user(user_id)
    if not chat.has(user.id):
        raise NotPossible(f"{user.first_name} is not in the group")
    world.post(chat, remover, service={"left_chat_member": user.as_json()})
    change(world, chat, user, "kicked", by=remover)


def add_bot(world: World, by: int, chat_id: int) -> None:
    """A person adds the bot to a group."""
    user, chat = _inside(world, by, chat_id)
    if world.has_bot(chat):
        return
    change(world, chat, world.bot, "member", by=user)
    world.post(chat, user, service={"new_chat_members": [world.bot.as_json()]})


def remove_bot(world: World, by: int, chat_id: int) -> None:
    """A person removes the bot from a group: for the bot that is being kicked."""
    user, chat = _inside(world, by, chat_id)
    if not world.has_bot(chat):
        raise NotPossible("the bot is not in the group")
    world.post(chat, user, service={"left_chat_member": world.bot.as_json()})
    change(world, chat, world.bot, "kicked", by=user)


def promote_bot(world: World, by: int, chat_id: int, administrator: bool = True) -> None:
    """Make the bot an administrator, or an ordinary member again."""
    user, chat = _inside(world, by, chat_id)
    if not world.has_bot(chat):
        raise NotPossible("the bot is not in the group")
    change(world, chat, world.bot, "administrator" if administrator else "member", by=user)


def rename(world: World, by: int, chat_id: int, title: str) -> None:
    """A person gives the group another name."""
    user, chat = _inside(world, by, chat_id)
    chat.title = title
    world.post(chat, user, service={"new_chat_title": title})


def migrate(world: World, by: int, chat_id: int) -> Chat:
    """A group becomes a supergroup with another id; nothing can be sent to the old id from then on."""
    user, old = _inside(world, by, chat_id)
    if old.kind is not ChatKind.GROUP:
        raise NotPossible("only a basic group can become a supergroup")
    new = world.add_chat(ChatKind.SUPERGROUP, old.title)
    new.members = {key: Member(member.who, member.status) for key, member in old.members.items()}
    world.post(old, user, service={"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    world.post(new, user, service={"migrate_from_chat_id": old.id})
    return new


def change(world: World, chat: Chat, who: User | BotAccount, status: str, by: User | BotAccount) -> None:
    """Give someone another place in a chat, and tell the bot where it is to know."""
    before = chat.members.get(who.id) or Member(who, "left")
    after = Member(who, status)
    body = {
        "chat": chat.as_json(),
        "from": by.as_json(),
        "date": int(world.clock.now()),
        "old_chat_member": before.as_json(),
        "new_chat_member": after.as_json(),
    }
    chat.members[who.id] = after
    if isinstance(by, User) and (who is world.bot or world.has_bot(chat)):
        by.known = True
    if who is world.bot:
        world.tell_bot("my_chat_member", body, lane=chat.id)
    elif chat.status_of(world.bot.id) == "administrator":
        world.tell_bot("chat_member", body, lane=chat.id)
    world.pulse.beat()


def _group(world: World, chat_id: int) -> Chat:
    chat = world.chat(chat_id)
    if not chat.is_group or chat.migrated_to is not None:
        raise NotPossible("this is no group that one can join or leave")
    return chat


def _inside(world: World, user_id: int, chat_id: int) -> tuple[User, Chat]:
    user, chat = world.user(user_id), _group(world, chat_id)
    if not chat.has(user.id):
        raise NotPossible(f"{user.first_name} is not in the group")
    return user, chat
