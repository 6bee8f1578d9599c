"""One module per subcommand of ``python -m bot``; each is imported only when its command is used."""
