# Two stages: the first installs the locked dependencies, the second carries only what runs.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements/runtime.txt requirements/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps \
        -r requirements/runtime.txt

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 gondola \
    && install -d -o gondola -g gondola /data
COPY --from=build /venv /venv
WORKDIR /app
COPY bot bot
COPY cogs cogs
COPY migrations migrations
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    DATABASE_URL=sqlite+aiosqlite:////data/gondola.db \
    LOG_FORMAT=json
USER gondola
VOLUME /data
# SIGTERM lets running jobs finish for 25 s: stop with `docker stop --time 30`.
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "run"]
