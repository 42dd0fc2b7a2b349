"""One declaration per register, in a folder per area of the menu. Nothing here decides anything."""
