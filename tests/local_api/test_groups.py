"""Groups: what the bot is told, whom it can reach, privacy mode, topics, and the move to a supergroup."""

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.local_api import acting, membership, viewing
from bot.local_api.chats import Chat
from bot.local_api.errors import NotPossible
from tests.kit.people import Place, PlayedWorld


@pytest.fixture
def people(world: PlayedWorld) -> list[Place]:
    """Ana and Ben."""
    return [world.private("Ana"), world.private("Ben")]


async def _texts(bot: Bot) -> list[str]:
    """What the bot was told since it last asked."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.message.text for update in updates if update.message and update.message.text]


async def test_privacy_mode_keeps_talk_from_the_bot(world: PlayedWorld, bot: Bot, people: list[Place]) -> None:
    ana, ben = people
    group = world.group("Friends", ana, ben, supergroup=True)
    sent = await bot.send_message(group.id, "the bot speaks")

    def say(text: str, reply_to: int | None = None) -> None:
        acting.say(world.world, ben.user.id, group.id, text, reply_to)

    say("just talk")
    say("/together")
    say("/together@iec_together_bot now")
    say("/together@another_bot")
    say("hello @IEC_Together_Bot, are you there?")
    say("hello @someone_else")
    say("mail a@iec_together_bot.org")
    say("a reply", reply_to=sent.message_id)
    heard = ["/together", "/together@iec_together_bot now", "hello @IEC_Together_Bot, are you there?", "a reply"]
    assert await _texts(bot) == heard
    membership.promote_bot(world.world, ana.user.id, group.id)
    say("an administrator hears all")
    assert await _texts(bot) == ["an administrator hears all"]
    membership.promote_bot(world.world, ana.user.id, group.id, administrator=False)
    world.world.bot.privacy = False
    say("privacy is off")
    assert await _texts(bot) == ["privacy is off"]
    assert (await bot.get_me()).can_read_all_group_messages


async def test_coming_and_going_is_told(world: PlayedWorld, bot: Bot, people: list[Place]) -> None:
    ana, ben = people
    cleo = world.private("Cleo")
    group = world.group("Friends", ana, ben, with_bot=False)
    membership.add_bot(world.world, ana.user.id, group.id)
    membership.join(world.world, cleo.user.id, group.id, by=ana.user.id)
    assert await bot.get_chat_member_count(group.id) == 4
    membership.leave(world.world, ben.user.id, group.id)
    membership.remove_bot(world.world, ana.user.id, group.id)
    updates = await bot.get_updates()
    told = [_summary(update) for update in updates]
    assert told == [
        "bot: left > member",
        "joined IEC together",
        "joined Cleo",
        "left Ben",
        "left IEC together",
        "bot: member > kicked",
    ]
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "hello?")


def _summary(update: Update) -> str:
    if change := update.my_chat_member:
        return f"bot: {change.old_chat_member.status} > {change.new_chat_member.status}"
    assert update.message is not None
    if update.message.new_chat_members:
        return f"joined {update.message.new_chat_members[0].first_name}"
    assert update.message.left_chat_member is not None
    return f"left {update.message.left_chat_member.first_name}"


async def test_members_are_told_apart(world: PlayedWorld, bot: Bot, people: list[Place]) -> None:
    ana, ben = people
    group = world.group("Friends", ana, supergroup=True)
    statuses = [
        (await bot.get_chat_member(group.id, user.id)).status for user in (ana.user, ben.user, await bot.get_me())
    ]
    assert statuses == ["creator", "left", "member"]
    assert [each.user.id for each in await bot.get_chat_administrators(group.id)] == [ana.user.id]
    assert (await bot.get_chat(group.id)).title == "Friends"
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.id, "hello?")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.get_chat(-1)


async def test_a_group_moves_to_a_supergroup(world: PlayedWorld, bot: Bot, people: list[Place]) -> None:
    ana, ben = people
    old = world.group("Friends", ana, ben)
    sent = await bot.send_message(old.id, "board")
    new = membership.migrate(world.world, ana.user.id, old.id)
    assert new.id < -1_000_000_000_000
    for call in (bot.send_message(old.id, "x"), bot.edit_message_text("x", old.id, sent.message_id)):
        with pytest.raises(ChatMigrated) as caught:
            await call
        assert caught.value.new_chat_id == new.id
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [(message.migrate_to_chat_id, message.migrate_from_chat_id) for message in messages[-2:]] == [
        (new.id, None),
        (None, old.id),
    ]
    await bot.send_message(new.id, "board again")
    assert [seen.text for seen in ben.in_chat(new).from_bot()] == ["board again"]


async def test_topics(world: PlayedWorld, bot: Bot, people: list[Place]) -> None:
    ana, _ = people
    forum = world.group("Forum", ana, forum=True)
    topic = membership.create_topic(world.world, ana.user.id, forum.id, "Canada")
    acting.say(world.world, ana.user.id, forum.id, "/together", thread=topic)
    message = (await bot.get_updates())[-1].message
    assert message is not None and message.message_thread_id == topic and message.is_topic_message
    sent = await bot.send_message(forum.id, "here", message_thread_id=topic)
    assert sent.message_thread_id == topic
    assert [seen.text for seen in viewing.sees(world.world, ana.user.id, forum.id, topic)][-1] == "here"
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=999)
    plain = world.group("Friends", ana)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(plain.id, "x", message_thread_id=topic)


async def test_startgroup_link_brings_the_bot_into_the_group(world: PlayedWorld, bot: Bot, people: list[Place]) -> None:
    ana, _ = people
    group = world.group("Friends", ana, with_bot=False)
    acting.open_link(world.world, ana.user.id, "https://t.me/iec_together_bot?startgroup=abc", group.id)
    assert await _texts(bot) == ["/start@iec_together_bot abc"]
    with pytest.raises(NotPossible, match="start parameter"):
        acting.open_link(world.world, ana.user.id, "https://t.me/iec_together_bot?start=" + "x" * 65)
    with pytest.raises(NotPossible, match="leads elsewhere"):
        acting.open_link(world.world, ana.user.id, "https://t.me/another_bot?start=x")


async def test_deleting_and_pinning_take_rights(world: PlayedWorld, bot: Bot, people: list[Place]) -> None:
    ana, _ = people
    group: Chat = world.group("Friends", ana, supergroup=True)
    theirs = acting.say(world.world, ana.user.id, group.id, "hello")
    own = await bot.send_message(group.id, "board")
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(group.id, theirs.id)
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to manage pinned messages"):
        await bot.pin_chat_message(group.id, own.message_id)
    membership.promote_bot(world.world, ana.user.id, group.id)
    await bot.pin_chat_message(group.id, own.message_id)
    assert (await bot.get_chat(group.id)).pinned_message == own
    await bot.delete_message(group.id, theirs.id)


async def test_people_can_only_do_what_an_app_lets_them(world: PlayedWorld, bot: Bot, people: list[Place]) -> None:
    ana, ben = people
    group = world.group("Friends", ana)
    with pytest.raises(NotPossible, match="not in this chat"):
        acting.say(world.world, ben.user.id, group.id, "hello")
    with pytest.raises(NotPossible):
        viewing.sees(world.world, ben.user.id, ana.user.id)
    sent = await bot.send_message(group.id, "x")
    with pytest.raises(NotPossible, match="no single button"):
        acting.press(world.world, ana.user.id, group.id, sent.message_id, "Yes")
    with pytest.raises(NotPossible, match="empty"):
        acting.say(world.world, ana.user.id, group.id, "   ")
