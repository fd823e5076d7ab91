"""Printed documents: HTML from a template, laid out by WeasyPrint."""
