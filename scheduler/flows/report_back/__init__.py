"""Report-backs: written by who went, told to everybody who was spoken for, answered by them."""
