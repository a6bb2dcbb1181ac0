# The page is built in one stage, and nothing of Node goes into the image that runs.
FROM node:22-bookworm-slim AS client
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY vite.config.ts tsconfig.json ./
COPY static/src static/src
RUN npm run build

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LOG_JSON=on AISOCIETY_DATA_DIR=/data STATIC_ROOT=/app/collected
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt
COPY . .
COPY --from=client /src/static/dist static/dist
RUN DATABASE_URL=postgres://unused/unused REDIS_URL=redis://unused/0 python -m django collectstatic --noinput --settings aisociety.settings \
    && useradd --create-home town && mkdir /data && chown town /data
USER town
EXPOSE 8000
CMD ["python", "-m", "daphne", "--bind", "0.0.0.0", "--port", "8000", "--ping-interval", "20", "--ping-timeout", "30", "aisociety.asgi:application"]
