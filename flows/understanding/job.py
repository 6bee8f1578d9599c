"""Whether someone has work in Canada, in their own words; work in another country is not work there."""

from flows.facts.occupation import Occupations
from flows.understanding.choice import understand_choice
from flows.understanding.mentions import items_of
from flows.understanding.result import Understood
from flows.understanding.terms import UNKNOWN
from flows.understanding.tokens import tokens_of

_CANADA = "CA"


def understand_job(text: str, occupations: Occupations) -> Understood:
    """``none``, ``offer``, ``working``, ``self_employed`` or ``remote``.

    Someone who names another country as the place of work is asked whether that work goes on from Canada; someone who
    only names an occupation is asked whether it is work, an offer or neither.
    """
    understood = understand_choice("job_state", text)
    if understood.error is not None:
        return Understood(ask_back=("working", "offer", "none")) if _is_job(text, occupations) else understood
    if understood.value not in ("working", "offer"):
        return understood
    places = {
        code
        for item in items_of(tokens_of(text), "citizenships", "lives_in", towns=True)
        if item.mention is not None and item.mention.sure
        for code in item.mention.codes
    }
    if places and _CANADA not in places:
        return Understood(ask_back=("none", "remote", understood.value))
    return understood


def _is_job(text: str, occupations: Occupations) -> bool:
    from flows.understanding.occupation import understand_occupation  # its index is large: built when first needed

    understood = understand_occupation(text, occupations)
    return understood.error is None and understood.value != UNKNOWN
