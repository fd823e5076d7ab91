"""Short messages that repeat what just happened; never the only place of one about money."""

import reflex as rx
from reflex.event import EventSpec


def toaster() -> rx.Component:
    """Where the messages appear."""
    return rx.toast.provider(position="bottom-right", close_button=False)


def say(message: str) -> EventSpec:
    """Show a message for a few seconds."""
    return rx.toast(message, duration=6000)
