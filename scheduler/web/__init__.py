"""The pages: server-rendered, Dutch first, nothing that needs JavaScript."""
