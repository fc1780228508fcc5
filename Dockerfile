# syntax=docker/dockerfile:1
ARG PYTHON_IMAGE=python:3.13-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements/runtime.txt requirements/s3.txt requirements/otel.txt requirements/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --only-binary :all: -r requirements/runtime.txt -r requirements/s3.txt \
        -r requirements/otel.txt
COPY . .
# Settings want a key even to collect files; this one signs nothing.
RUN APP_ENV=production VAR_DIR=/tmp/var STATIC_ROOT=/static SECRET_KEY=thrown-away-after-the-static-files-are-collected \
    /opt/venv/bin/python manage.py collectstatic --noinput -v0 \
    && /opt/venv/bin/python -m compileall -q /opt/venv/lib /app

FROM ${PYTHON_IMAGE}
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    APP_ENV=production HOST=0.0.0.0 PORT=8000 \
    VAR_DIR=/data STATIC_ROOT=/app/static-collected \
    PROMETHEUS_MULTIPROC_DIR=/run/prometheus
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
COPY --from=build /static /app/static-collected
# Code and packages belong to root and cannot be written to; these two folders can.
RUN install -d -o 10001 -g 10001 /data /run/prometheus
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/health/live\", timeout=4)"]
CMD ["python", "-P", "config/run.py", "web"]
