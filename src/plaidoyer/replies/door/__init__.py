"""The candidate's door: a list answers on a page of its own, without an account."""
