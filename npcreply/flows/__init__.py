"""What commands do: entry, an act on a promise, correction, import, review."""
