"""Plug-ins: one module each, found by file name."""
