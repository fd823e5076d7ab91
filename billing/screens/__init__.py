"""Screens: all that one of them tells of several subjects, read at one moment."""
