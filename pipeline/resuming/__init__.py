"""How a training that was interrupted goes on: what its loop holds is kept every so often, and put back."""
