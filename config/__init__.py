"""Settings, the URL map, the servers' fronts and the clock. The one package that knows all others."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
