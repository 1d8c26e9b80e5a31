"""YAML text as a tree with places, its mistakes, and edits that keep the rest as it stands."""
