"""nginx of a stack: the configuration that containers get, filled in for one machine."""

import os
import pwd
import shutil
from pathlib import Path
from string import Template

from deploy.stack.layout import ROOT, Layout, named

NGINX = ROOT / "deploy" / "nginx"
STREAMS_EACH = 5000
"""All watchers of a load test come from one address."""

MAIN = Template(
    """daemon off;
$user
pid $run/nginx.pid;
error_log stderr warn;
worker_rlimit_nofile 16384;
events { worker_connections 8192; }
http {
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path $run/nginx-body;
    proxy_temp_path $run/nginx-proxy;
    fastcgi_temp_path $run/nginx-fastcgi;
    uwsgi_temp_path $run/nginx-uwsgi;
    scgi_temp_path $run/nginx-scgi;
    include $run/town.conf;
}
"""
)


class NoNginxError(RuntimeError):
    """nginx is not installed."""


def nginx() -> str:
    """The program. Raises NoNginxError."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise NoNginxError("nginx is not installed (Debian: apt install nginx-light).")
    return found


def filled_in(**told: str) -> str:
    """The configuration of a town's nginx; as envsubst, only what is named is replaced."""
    text = (NGINX / "town.conf.template").read_text()
    for name, value in told.items():
        text = text.replace(f"${{{name}}}", value)
    return text


def nginx_command(layout: Layout) -> list[str]:
    """Write the configuration, and say how nginx is started with it."""
    ports = layout.ports
    run = layout.run
    shutil.copyfile(NGINX / "resting.html", run / "resting.html")
    (run / "resting.html").chmod(0o644)
    site = filled_in(
        TOWN_WEB=" ".join(f"server 127.0.0.1:{ports[name]} max_fails=0;" for name in named("web")),
        TOWN_NAME="localhost 127.0.0.1",
        TOWN_HTTP=f"127.0.0.1:{ports['http']}",
        TOWN_HTTPS=f"127.0.0.1:{ports['https']}",
        TOWN_HTTPS_PORT=f":{ports['https']}",
        TOWN_TLS=str(layout.secrets / "tls"),
        TOWN_STREAMS_EACH=str(STREAMS_EACH),
        TOWN_PAGES=str(run),
    )
    (run / "town.conf").write_text(site)
    # Root would lend its workers an account that may not be there.
    user = f"user {_name_of(layout)};" if os.geteuid() == 0 else ""
    (run / "nginx.conf").write_text(MAIN.substitute(user=user, run=run))
    return [nginx(), "-p", str(run), "-e", "stderr", "-c", str(run / "nginx.conf")]


def _name_of(layout: Layout) -> str:
    return pwd.getpwuid(layout.postgres.location.account.uid).pw_name


def certificate(layout: Layout) -> Path:
    """The certificate that clients of a stack trust."""
    return layout.secrets / "tls" / "fullchain.pem"
