"""Two clerks' versions of one record made one, by the version that both began from."""
