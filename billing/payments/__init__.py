"""Payments: attempts at a gateway, what the gateway says of them, and the booking of what really came in."""
