#!/bin/sh
# The roles of the database and what each may do, when a PostgreSQL is new.
#
# aisociety_owner  owns the tables: migrations, backups, restoring.
# aisociety        lives the town: reads and writes rows, and changes no table.
#
# Run as the superuser; connects as psql does by itself (PGHOST, PGPORT, PGUSER, PGPASSWORD).
# SECRETS: the folder with owner_password and town_password.
set -eu
secrets=${SECRETS:-/run/secrets}

psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --dbname postgres \
  --set owner_password="$(cat "$secrets/owner_password")" \
  --set town_password="$(cat "$secrets/town_password")" <<'SQL'
CREATE ROLE aisociety_owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE aisociety LOGIN PASSWORD :'town_password';
CREATE DATABASE aisociety OWNER aisociety_owner;
-- A restored database is made of template1, and only a superuser may bring pgvector in.
\connect template1
CREATE EXTENSION IF NOT EXISTS vector;
\connect aisociety
CREATE EXTENSION IF NOT EXISTS vector;
REVOKE CONNECT ON DATABASE aisociety FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE aisociety TO aisociety;
GRANT USAGE ON SCHEMA public TO aisociety;
GRANT ALL ON SCHEMA public TO aisociety_owner;
SET ROLE aisociety_owner;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO aisociety;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO aisociety;
SQL
