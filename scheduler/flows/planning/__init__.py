"""From the wish for a plan to a draft that a coordinator has judged and changed."""
