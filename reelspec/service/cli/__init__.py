"""The verbs of the command `reelspec` that serve others; each is a module, loaded when called."""
