# The page, the packages, and then what runs: neither Node nor pip's cache goes into the image that is shipped.
FROM node:22.21.1-bookworm-slim AS client
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY vite.config.ts tsconfig.json ./
COPY static/src static/src
RUN npm run build

FROM python:3.11.14-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/packages
COPY requirements.txt ./
RUN /opt/packages/bin/pip install --only-binary :all: --requirement requirements.txt

FROM python:3.11.14-slim-bookworm
ENV PATH=/opt/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ENVIRONMENT=production AISOCIETY_DATA_DIR=/data METRICS_PORT=9100
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin town \
    && install --directory --owner town --group town /data /backups
WORKDIR /app
COPY --from=packages /opt/packages /opt/packages
COPY . .
COPY --from=client /src/static/dist static/dist
# Compiled once, for a root that nobody writes to.
RUN python -m compileall -q /opt/packages/lib /app
USER 10001:10001
EXPOSE 8000 9100
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['METRICS_PORT']}/metrics\", timeout=4)"]
ENTRYPOINT ["python", "manage.py"]
CMD ["run", "web", "--host", "0.0.0.0"]
