"""``python -m bot odds FILE``: the chances of being invited: each, one, both, all."""

import json
import sys
from datetime import date

from bot.party_input import load_party
from bot.render.render import render_plain
from bot.rounds.keeping import ArchiveError
from bot.rounds.known import archived_figures
from bot.settings import SettingsError, read_settings
from flows.conversation.view import Slot, View
from flows.facts.content import CONTENT_ROOT
from flows.facts.yaml_file import ContentError
from flows.odds.as_json import odds_json
from flows.odds.chances import odds_for
from flows.odds.figures import round_figures
from flows.odds.telling import Name, tell_odds
from flows.party import Party
from flows.routes.evaluate import evaluate
from flows.words import load_words


def run_odds(file: str, *, as_json: bool, on: date | None) -> int:
    """Print the odds of the party in ``file``; 1 where the file, the content or a setting is wrong."""
    loaded = load_party(file, on)
    if loaded is None:
        return 1
    party, facts = loaded
    try:
        figures = round_figures(facts, archived_figures(read_settings().rounds_place, facts), party.as_of)
        odds = odds_for(party, evaluate(party, facts), figures, party.as_of)
        if as_json:
            print(json.dumps(odds_json(odds), ensure_ascii=False, indent=2))
        else:
            view = View(0, Slot.MESSAGE, tuple(tell_odds(odds, _names(party))))
            print(render_plain(view, load_words(CONTENT_ROOT)).text)
    except (SettingsError, ContentError) as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _names(party: Party) -> Name:
    """People by their names, as given in the file, else by their ids."""
    return lambda person_id: party.person(person_id).name or person_id
