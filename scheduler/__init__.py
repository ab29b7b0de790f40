"""The application: rows, flows, pages, feeds and the command line."""
