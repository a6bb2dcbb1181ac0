"""The topology of production as plain processes on one machine, for trying it and for drills.

nginx with TLS, two processes each of web, engine, minds and beat, backups, and stores that are
reached over TCP with passwords, as in docker-compose.yml. supervisord keeps all of them up.
"""
