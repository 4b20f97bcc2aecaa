"""What runs around the rules: a build's beginning and end, its lock, the server of its jobs."""
