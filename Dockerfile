# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS build

# The packages of torch for processors alone; by default they bring several gigabytes for GPUs.
ARG EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
# Extras of pyproject.toml with commas between, such as milvus.
ARG EXTRAS=
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /src
RUN python -m venv /opt/dragoman
COPY . .
RUN /opt/dragoman/bin/pip install --extra-index-url "$EXTRA_INDEX_URL" --constraint constraints.txt ".${EXTRAS:+[$EXTRAS]}"

# The first search compiles the encoder, so that the service starts without that, and needs neither
# the network nor a place to write it to.
RUN XDG_CACHE_HOME=/opt/cache XDG_DATA_HOME=/tmp/first \
    /opt/dragoman/bin/dragoman search "Who led the delegation?" --limit 1


FROM python:3.11-slim-bookworm

RUN useradd --system --uid 10001 --home-dir /var/lib/dragoman --create-home dragoman
COPY --from=build /opt/dragoman /opt/dragoman
COPY --from=build /opt/cache /opt/cache
# For the local copy of an archive on Milvus.
RUN install --directory --owner dragoman /opt/cache/dragoman/milvus

# Without DRAGOMAN_ARCHIVE the archive is the user's own, with the bundled articles, in the volume.
ENV PATH=/opt/dragoman/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/opt/cache \
    XDG_DATA_HOME=/var/lib \
    DRAGOMAN_HOST=0.0.0.0 \
    DRAGOMAN_PORT=8000

USER 10001
WORKDIR /var/lib/dragoman
VOLUME /var/lib/dragoman
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['DRAGOMAN_PORT']}/readyz\", timeout=4)"]

# In the array form the service itself gets SIGTERM, and finishes what is in flight.
CMD ["dragoman", "serve"]
