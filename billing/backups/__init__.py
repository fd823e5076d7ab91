"""Consistent copies of the whole database, made while everything runs, and put back after a look at what they hold."""
