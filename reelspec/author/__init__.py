"""From a topic to a spec: research, script, shape; it writes specs and never renders them."""
