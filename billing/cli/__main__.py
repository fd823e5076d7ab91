"""`python -m billing.cli`, for a process that is started without the installed command."""

from billing.cli import main

main()
