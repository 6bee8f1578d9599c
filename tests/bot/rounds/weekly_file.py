"""Weekly files in the form that IRCC publishes, with every peculiarity of the real ones."""

from dataclasses import dataclass, field


@dataclass
class Line:
    """One pool's line, or a special line inside it; the defaults are an ordinary pool."""

    location: str = "France"
    code: str = "fr"
    category: str = "wh"
    quota: str = "7,000"
    first: str = "Week of January 9, 2023"
    second: str = "To be announced"
    invitations: str = "11,463"
    candidates: str = "5,257"
    spots: str = "0"
    chances: str = "2"
    inside: list[tuple[str, "Line"]] = field(default_factory=list)

    def fields(self) -> str:
        names = ("quota", "first", "second", "invitations", "candidates", "spots", "chances")
        return "".join(f"<{name}><![CDATA[{getattr(self, name)}]]></{name}>" for name in names)

    def xml(self) -> str:
        lines = "".join(f'\n<sub txt="{name}">{line.fields()}</sub>' for name, line in self.inside)
        attributes = f'location="{self.location}" category="{self.category}" code="{self.code}"'
        return f"<country {attributes}>{self.fields()}{lines}</country>\n"


def weekly_file(day: str, *lines: Line) -> bytes:
    """A file of the day as its text stands, for example ``July 17, 2026``."""
    body = "".join(line.xml() for line in lines)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<temp>\n'
        f"<chancesdate><![CDATA[{day}]]></chancesdate>\n{body}\n\n\n</temp>"
    ).encode()


def closed(location: str, code: str, category: str) -> Line:
    """A pool that is listed and takes nobody."""
    words = "To be announced"
    return Line(location, code, category, words, words, words, words, "Not accepting applicants", words, "0")


EVERY_TRAP = (
    Line("Andorra", "an", "wh", "25", invitations="4", candidates="2", spots="23", chances="1"),
    Line("Luxembourg", "lb", "wh", "80", invitations="14", candidates="0", spots="71", chances="1"),
    Line("Australia", "au", "wh", "Unlimited", invitations="2,346", candidates="262", spots="unlimited", chances="1"),
    Line("Chile", "cl", "wh", "1475", "Week of February 6, 2023", "", "1,420", "5,655", "649", "5"),
    Line("Korea, Republic", "kr", "wh", "4,000", second="Week of October 2, 2023", chances="2"),
    Line("Hong Kong Special Administrative Region", "hk", "wh", "200", candidates="11", spots="90", chances="1"),
    Line(
        "France",
        "fr",
        "yp",
        "2,200",
        invitations="1,122",
        candidates="96",
        spots="1,516",
        chances="1",
        inside=[
            (
                "Volontariat international en entreprise (VIE)",
                Line(quota="550", invitations="121", candidates="52", spots="438", chances="1"),
            )
        ],
    ),
    Line(
        "Spain",
        "es",
        "yp",
        "150",
        inside=[
            ("ICEX Vives", Line(quota="50", invitations="Not applicable", candidates="Not applicable", spots="50"))
        ],
    ),
    closed("Ukraine", "ua", "wh"),
    closed("Mexico", "mx", "coop"),
    Line("Recognized Organizations", "none", "NA", "", "", "", "", "1,407", "", ""),
)
