"""The outside world behind the ports: each package here speaks one provider's or one file format's language."""
