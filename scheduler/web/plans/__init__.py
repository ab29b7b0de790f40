"""Plans behind their pages: filtered, compared, supposed, and who sits where."""
