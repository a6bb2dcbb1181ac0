"""What is measured of memories."""

from prometheus_client import Histogram

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

RECALL_SECONDS = Histogram(
    "aisociety_recall_seconds", "How long it took to find what comes to mind", buckets=BUCKETS
)
SEARCH_SECONDS = Histogram(
    "aisociety_search_seconds", "How long a search across a town took", buckets=BUCKETS
)
