"""What the web process answers outside Reflex: gateway messages, signing in and out, files, health."""
