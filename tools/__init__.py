"""Set-up and start scripts behind the Makefile. None of this is needed to run Voldaan in production."""
