"""The compiler: one YAML spec in, one film out."""

__version__ = "0.1.0"
