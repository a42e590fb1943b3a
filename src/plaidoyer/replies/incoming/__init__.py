"""Whose mail is this? Exact signs attach; every other sign is only told, with its reason, to the person who attaches."""
