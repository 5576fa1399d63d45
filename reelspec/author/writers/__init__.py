"""Writers of scripts, one module each: `PARAMS`, `write(task) -> Draft`."""
