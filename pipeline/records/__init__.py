"""What was made from what: files by their checksums, versions, seeds; and what has changed since."""
