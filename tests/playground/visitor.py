"""What somebody does at the playground: looks at phones, clicks buttons, writes."""

from playwright.async_api import Locator, Page, expect

REACTS_WITHIN_MS = 60_000


class Visitor:
    """Somebody at the page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def phone(self, name: str) -> Locator:
        """The phone with this heading."""
        return self.page.locator("section.phone").filter(has=self.page.get_by_role("heading", name=name, exact=True))

    def messages(self, name: str) -> Locator:
        """All messages on a phone."""
        return self.phone(name).locator(".screen li")

    async def begin(self, cast: str) -> None:
        """Start a ready-made cast."""
        await self.page.get_by_role("button", name=cast).click()

    async def sees(self, name: str, text: str) -> None:
        """Wait until the phone shows this."""
        await expect(self.phone(name).locator(".screen")).to_contain_text(text, timeout=REACTS_WITHIN_MS)

    async def press(self, name: str, label: str) -> None:
        """Click the newest button with this label on a phone, as soon as it is there."""
        button = self.phone(name).locator(".keys").get_by_role("button", name=label, exact=True).last
        await button.click(timeout=REACTS_WITHIN_MS)

    async def say(self, name: str, text: str) -> None:
        """Write a message."""
        await self.phone(name).get_by_label("Message as").fill(text)
        await self.phone(name).get_by_label("Message as").press("Enter")
