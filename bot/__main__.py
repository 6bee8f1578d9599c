"""``python -m bot``: the one entry point. Without a token it opens the playground or the local chat, with one
it runs the bot.

Commands are declared here and do their work in ``bot.commands``, imported on use so that starting stays quick.
Exit status: 0 ok, 1 the input or the content is wrong (one line per problem on standard error), 2 wrong usage.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="Finds the applicable route to working in Canada for each of a couple or a group of friends.",
)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
PartyFile = Annotated[str, typer.Argument(help="A party file (YAML or JSON); - reads standard input.")]


def _day(chosen: datetime | None) -> date | None:
    return chosen.date() if chosen else None


@app.callback(invoke_without_command=True)
def default(
    context: typer.Context,
    terminal: Annotated[bool, typer.Option("--terminal", help="Without a token: talk here, not in a browser.")] = False,
) -> None:
    """With TELEGRAM_BOT_TOKEN set: run the bot. Without: open the playground in a browser, or the chat in this terminal
    where no browser can open (no screen, or input or output that is not a terminal)."""
    if context.invoked_subcommand is None:
        from bot.commands.default import start

        raise typer.Exit(start(terminal=terminal))


@app.command()
def run() -> None:
    """Run the Telegram bot (long polling, or a webhook when a public address is set)."""
    from bot.commands.run import run_bot

    raise typer.Exit(run_bot())


@app.command()
def chat(
    as_json: AsJson = False,
    today: Day = None,
    store: Annotated[Path | None, typer.Option(help="Keep the conversation in this file.")] = None,
) -> None:
    """Talk to the bot in this terminal; with --json, one JSON object a line for scripts."""
    from bot.commands.chat import run_chat

    raise typer.Exit(run_chat(as_json=as_json, today=_day(today), store=store))


@app.command()
def routes(file: PartyFile, as_json: AsJson = False, on: Day = None) -> None:
    """The routes of each person of a party, and the plans for all."""
    from bot.commands.routes import run_routes

    raise typer.Exit(run_routes(file, as_json=as_json, on=_day(on)))


@app.command()
def understand(question: str, text: str, as_json: AsJson = False, today: Day = None) -> None:
    """What the bot makes of a typed answer to QUESTION."""
    from bot.commands.understand import run_understand

    raise typer.Exit(run_understand(question, text, as_json=as_json, today=_day(today)))


@app.command()
def odds(file: PartyFile, as_json: AsJson = False, on: Day = None) -> None:
    """The chances of being invited: each, one, both, all."""
    from bot.commands.odds import run_odds

    raise typer.Exit(run_odds(file, as_json=as_json, on=_day(on)))


@app.command()
def calendar(file: PartyFile, on: Day = None) -> None:
    """The party's dates as a calendar file (.ics) on standard output."""
    from bot.commands.calendar import run_calendar

    raise typer.Exit(run_calendar(file, on=_day(on)))


@app.command()
def check() -> None:
    """Check the content: gaps, overlaps, stale facts, missing or over-long messages."""
    from bot.commands.check import run_check

    raise typer.Exit(run_check())


@app.command()
def diagram() -> None:
    """The diagram of the dialogue, from the definition that the bot runs on."""
    from bot.commands.diagram import run_diagram

    raise typer.Exit(run_diagram())


@app.command()
def rounds(
    action: Annotated[str, typer.Argument(help="import FILE, or fetch.")],
    file: Annotated[Path | None, typer.Argument()] = None,
) -> None:
    """Import published round figures from a file, or fetch the newest."""
    from bot.commands.rounds import run_rounds

    raise typer.Exit(run_rounds(action, file))


@app.command()
def store(
    action: Annotated[
        str,
        typer.Argument(
            help="backup FILE, copy SOURCE TARGET (files or database addresses), purge, or reseal (encrypt anew with the "
            "first key)."
        ),
    ],
    places: Annotated[list[str] | None, typer.Argument()] = None,
) -> None:
    """Look after the store, also while the bot runs (but for copy)."""
    from bot.commands.store import run_store

    raise typer.Exit(run_store(action, places or []))


@app.command()
def notify_changes(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count whose answer changed, and how.")] = False,
) -> None:
    """After the content changed: tell those who asked for it and whose answer changed, also while the bot runs."""
    from bot.commands.notify import run_notify

    raise typer.Exit(run_notify(dry_run=dry_run))


@app.command()
def playground(
    listen: Annotated[str, typer.Option(metavar="HOST:PORT", help="Where; another port is taken if it is busy.")] = "",
    today: Day = None,
    store: Annotated[Path | None, typer.Option(help="Keep what the bot stores in this file.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser, where there is a screen.")] = True,
) -> None:
    """Try the bot in a browser on this machine: several people, a group, the clock in your hand."""
    from bot.commands.playground import LISTEN, run_playground

    raise typer.Exit(run_playground(listen=listen or LISTEN, today=_day(today), store=store, browser=browser))


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
