"""Gondola: a Discord bot that paints with the Venice image API."""

__version__ = "0.1.0"
