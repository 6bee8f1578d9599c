"""The doing: Telegram, terminal, storage, delivery, command line. Everything decided here is asked of ``flows``."""
