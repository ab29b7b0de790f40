"""Input beforehand: asked of every organisation concerned, prepared, confirmed, carried along."""
