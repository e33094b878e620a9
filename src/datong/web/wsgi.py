"""The site as a WSGI application: what `datong serve` hands to granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "datong.settings")
application = get_wsgi_application()
