// Small comforts of the desk. Every page works without them.
