"""npcreply keeps watch over what departments promised in their replies to deputies."""
