"""What each language calls itself: the same on every screen, so that who can't read the rest still finds it."""

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}
