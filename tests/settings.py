"""The product's settings with a var folder of this process's own, so that tests side by side share nothing."""

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit

_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="opstatus-tests-")
atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
os.environ.setdefault("CELERY_TASK_ALWAYS_EAGER", "true")
os.environ.setdefault("LOG_LEVEL", "WARNING")
# A page is a message, but where a test says otherwise.
os.environ.setdefault("PAGE_BUNDLE_WINDOW", "0")
if os.environ.get("REDIS_URL"):
    # Emptying the cache empties the whole Redis database.
    _server = urlsplit(os.environ["REDIS_URL"])
    _number = int(_server.path.strip("/") or 0) + int(_worker)
    os.environ["REDIS_URL"] = _server._replace(path=f"/{_number}").geturl()

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES, VAR_DIR  # noqa: E402

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A real file: threads and live servers meet the same locks as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # What a test commits need not outlive a power cut.
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
    # Fifty at once share twenty connections; that somebody gives up waiting is for the tests that ask for it.
    DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 60
# Nothing is collected for a test, so there is no list of hashed names.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
(VAR_DIR / "static").mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
