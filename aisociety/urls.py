"""Addresses: the page, the REST doors, admin."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from aisociety import api, health, views

urlpatterns = [
    path("", views.town, name="town"),
    path("favicon.ico", RedirectView.as_view(url="/static/icon.svg", permanent=True)),
    path("admin/", admin.site.urls),
    path("api/", include("world.urls")),
    path("api/", include("agents.urls")),
    re_path(r"^api/doctor/?$", api.DoctorView.as_view(), name="doctor"),
    re_path(r"^api/health/live/?$", health.live, name="health-live"),
    re_path(r"^api/health/ready/?$", health.ready, name="health-ready"),
    re_path(r"^api/health/started/?$", health.started, name="health-started"),
    re_path(r"^health/started/?$", health.started),
    re_path(r"^health/live/?$", health.live),
    re_path(r"^health/ready/?$", health.ready),
    re_path(r"^api/schema/?$", SpectacularAPIView.as_view(), name="schema"),
    re_path(r"^api/docs/?$", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
]

handler404 = "aisociety.views.not_found"
handler500 = "aisociety.views.server_error"
