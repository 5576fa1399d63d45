"""Where facts come from: one module each, found by file name, `find(topic, params, desk)`."""
