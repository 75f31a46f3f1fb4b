"""A static fan microsite generator: files become entries, a site, pages, a tree, and are published whole."""
