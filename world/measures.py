"""What is measured of worlds and of their streams."""

from prometheus_client import Counter, Gauge, Histogram

INSTANTS = Counter("aisociety_instants", "Instants that were lived", ["world"])
COMMIT_SECONDS = Histogram(
    "aisociety_commit_seconds",
    "How long it took to live and commit what one transaction covers",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)
FAILED_HEARTBEATS = Counter("aisociety_heartbeats_failed", "Heartbeats of worlds that failed")

WATCHERS = Gauge("aisociety_watchers", "Who watches a world from this process")
FRAMES = Counter("aisociety_frames", "Texts sent to watchers")
FRAME_BYTES = Counter("aisociety_frame_bytes", "Characters of the texts sent to watchers")
RESYNCS = Counter("aisociety_resyncs", "Watchers that fell behind and had to begin anew")
