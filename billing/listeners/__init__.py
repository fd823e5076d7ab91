"""Systems of the host that are told what happens: what they hear of is read from the journal and the log."""
