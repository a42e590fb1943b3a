"""What changes a campaign: ``campaigns`` themselves, ``questions``, what is ``local`` to a commune, and the ``sending`` of letters."""
