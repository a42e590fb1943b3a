"""A reader that learns from its readers: what reviews teach, weights learnt from it, what they are worth, which ones are in use."""
