"""What became of each mail, and which addresses work: asked by everybody who has to know that somebody was told."""
