"""The asynchronous door, for hosts that have no other (measured: two to eight times dearer here; prefer WSGI)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plaidoyer.config.settings")
application = get_asgi_application()
