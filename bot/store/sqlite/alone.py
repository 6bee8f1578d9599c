"""A process that has its file for itself has no others to share with."""

import asyncio


class Alone:
    """See bot.store.contract.Others."""

    async def count(self) -> int:
        """This one."""
        return 1

    async def tell(self) -> None:
        """There is nobody."""

    async def told(self) -> None:
        """Never."""
        await asyncio.Event().wait()
