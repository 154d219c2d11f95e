# Two stages: the first installs the locked dependencies and compiles, the second carries only
# what runs.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements/runtime.txt /requirements.txt
# What runs needs neither pip nor the packages' own tests.
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --require-hashes --no-deps -r /requirements.txt \
    && find /venv -type d -name tests -prune -exec rm -r {} +
COPY bot bot
COPY cogs cogs
COPY migrations migrations
# The bot can write no bytecode beside its source: it is compiled here. Its user may read it,
# whatever the umask was under which it was checked out.
RUN python -m compileall -q --invalidation-mode unchecked-hash bot cogs migrations \
    && chmod -R a+rX .

FROM python:3.13-slim
RUN useradd --no-create-home --home-dir /data --uid 10001 gondola \
    && install -d -o gondola -g gondola -m 0700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
# All that is written goes to the volume, so that the root may be read-only: large answers of the
# image API are spooled in TMPDIR, under no name, and MPLCONFIGDIR is the charts' font cache. With
# an arena for each thread the allocator would keep several times what pictures need for a moment.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    DATABASE_URL=sqlite+aiosqlite:////data/gondola.db \
    TMPDIR=/data \
    MPLCONFIGDIR=/data/matplotlib \
    MALLOC_ARENA_MAX=2 \
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
