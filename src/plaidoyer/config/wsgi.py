"""The door for web servers."""

import importlib
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plaidoyer.config.settings")
application = get_wsgi_application()
importlib.import_module(settings.ROOT_URLCONF)  # all the views now, not at the first visit: a server that listens is ready
