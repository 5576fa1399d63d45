"""Everything around the compiler: writing specs and serving films to other programs."""
