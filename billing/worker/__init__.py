"""The worker: a process that deals with pushes, checks payments, prints and mails."""

from billing.worker.loop import Worker

__all__ = ["Worker"]
