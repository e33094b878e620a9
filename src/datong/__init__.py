"""Datong (大通): the data node of one local government."""

__version__ = "0.1.0"
