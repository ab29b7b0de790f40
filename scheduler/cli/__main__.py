"""`python -m scheduler.cli` is `aantafel`."""

from scheduler.cli.main import main

main()
