"""Addresses of the residents and of places, with and without a slash at their end."""

from django.urls import re_path

from agents import api
from agents.appointments import api as appointments
from agents.conversations import api as conversations
from agents.conversations import exports
from agents.finances import api as finances
from agents.finances import exports as finance_exports
from agents.interviews import api as interviews
from agents.minds import api as minds
from agents.news import api as news
from agents.remembering import api as remembering
from agents.statistics import api as statistics

urlpatterns = [
    re_path(r"^world/locations/?$", api.LocationsView.as_view(), name="locations"),
    re_path(
        r"^world/locations/(?P<location_id>[^/]+)/?$", api.LocationView.as_view(), name="location"
    ),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/interview/?$",
        interviews.InterviewView.as_view(),
        name="agent-interview",
    ),
    re_path(r"^world/announcements/?$", news.AnnouncementsView.as_view(), name="announcements"),
    re_path(r"^world/news/?$", news.NewsListView.as_view(), name="news"),
    re_path(r"^world/news/(?P<news_id>[^/]+)/?$", news.NewsView.as_view(), name="one-news"),
    re_path(r"^agents/?$", api.AgentsView.as_view(), name="agents"),
    re_path(r"^agents/(?P<agent_id>[^/]+)/?$", api.AgentView.as_view(), name="agent"),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/trajectory/?$",
        api.TrajectoryView.as_view(),
        name="agent-trajectory",
    ),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/commands/?$",
        api.CommandsView.as_view(),
        name="agent-commands",
    ),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/thoughts/?$",
        minds.ThoughtsView.as_view(),
        name="agent-thoughts",
    ),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/relationships/?$",
        conversations.RelationshipsView.as_view(),
        name="agent-relationships",
    ),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/relationships/(?P<other_id>[^/]+)/?$",
        conversations.RelationshipView.as_view(),
        name="agent-relationship",
    ),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/appointments/?$",
        appointments.AppointmentsView.as_view(),
        name="agent-appointments",
    ),
    re_path(
        r"^conversations/active/?$",
        conversations.ActiveConversationsView.as_view(),
        name="conversations-active",
    ),
    re_path(
        r"^conversations/history/?$",
        conversations.ConversationHistoryView.as_view(),
        name="conversations-history",
    ),
    re_path(
        r"^conversations/(?P<conversation_id>[^/]+)/?$",
        conversations.ConversationView.as_view(),
        name="conversation",
    ),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/memories/?$",
        remembering.MemoriesView.as_view(),
        name="agent-memories",
    ),
    re_path(r"^memories/search/?$", remembering.MemorySearchView.as_view(), name="memory-search"),
    re_path(r"^agents/(?P<agent_id>[^/]+)/model/?$", minds.MindView.as_view(), name="agent-model"),
    re_path(r"^thoughts/(?P<thought_id>[^/]+)/?$", minds.ThoughtView.as_view(), name="thought"),
    re_path(r"^minds/models/?$", minds.ModelsView.as_view(), name="minds-models"),
    re_path(
        r"^export/conversations/?$",
        exports.ConversationsExportView.as_view(),
        name="export-conversations",
    ),
    re_path(
        r"^export/social-network/?$",
        exports.SocialNetworkExportView.as_view(),
        name="export-social-network",
    ),
    re_path(r"^stats/balance/?$", statistics.BalanceView.as_view(), name="stats-balance"),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/transactions/?$",
        finances.TransactionsView.as_view(),
        name="agent-transactions",
    ),
    re_path(
        r"^agents/(?P<agent_id>[^/]+)/loans/?$", finances.LoansView.as_view(), name="agent-loans"
    ),
    re_path(r"^businesses/?$", finances.BusinessesView.as_view(), name="businesses"),
    re_path(
        r"^businesses/(?P<business_id>[^/]+)/?$", finances.BusinessView.as_view(), name="business"
    ),
    re_path(
        r"^export/transactions/?$",
        finance_exports.TransactionsExportView.as_view(),
        name="export-transactions",
    ),
    re_path(
        r"^export/timeseries/?$",
        statistics.TimeSeriesExportView.as_view(),
        name="export-timeseries",
    ),
    re_path(r"^stats/timeseries/?$", statistics.TimeSeriesView.as_view(), name="stats-timeseries"),
    re_path(r"^stats/society/?$", statistics.SocietyView.as_view(), name="stats-society"),
    re_path(
        r"^stats/hot-locations/?$",
        statistics.HotLocationsView.as_view(),
        name="stats-hot-locations",
    ),
    re_path(r"^minds/usage/?$", minds.UsageView.as_view(), name="minds-usage"),
]
