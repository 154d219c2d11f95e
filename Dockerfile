# Two stages: the first installs the locked dependencies and compiles, the second carries only
# what runs.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements/runtime.txt requirements/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps \
        -r requirements/runtime.txt
COPY bot bot
COPY cogs cogs
COPY migrations migrations
# The bot can write no bytecode beside its source: it is compiled here.
RUN python -m compileall -q --invalidation-mode unchecked-hash bot cogs migrations

FROM python:3.13-slim
RUN useradd --no-create-home --home-dir /data --uid 10001 gondola \
    && install -d -o gondola -g gondola -m 0700 /data /data/tmp
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
# All that is written goes to the volume, so that the root may be read-only: large answers of the
# image API are spooled in TMPDIR, and MPLCONFIGDIR is the charts' font cache.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    DATABASE_URL=sqlite+aiosqlite:////data/gondola.db \
    TMPDIR=/data/tmp \
    MPLCONFIGDIR=/data/tmp/matplotlib \
    LOG_FORMAT=json \
    HTTP_PORT=8080
USER gondola
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-m", "bot.ops.healthcheck"]
# SIGTERM lets running jobs finish for 25 s: stop with `docker stop --time 35`.
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "run"]
