"""From trained nets to typeset pages: one module a step, each runnable as python -m pipeline.<step>."""
