"""Sources of pictures, one module each: `PARAMS`, `EXAMPLE`, `offers(wish, params, darkroom)`.

Where something is missing that it cannot work without, `lacks(params, darkroom)` says what; where
the film has to say whose its pictures are, `credited(params, darkroom)` is true.
"""
