"""What is measured of the minds."""

from prometheus_client import Counter, Gauge, Histogram

CALLS = Counter("aisociety_model_calls", "Calls to models, by how they ended", ["model", "outcome"])
CALL_SECONDS = Histogram(
    "aisociety_model_seconds",
    "How long models took to answer",
    ["model"],
    buckets=(0.25, 0.5, 1, 2, 4, 8, 15, 30, 60),
)
IN_FLIGHT = Gauge("aisociety_model_calls_in_flight", "Calls to models that are under way")
TOKENS = Counter("aisociety_tokens", "Tokens, by what they were", ["model", "kind"])
DOLLARS = Counter("aisociety_model_dollars", "What calls cost", ["model"])
ANSWERS = Counter(
    "aisociety_answers",
    "Answers to thoughts: a model's, or that instinct stands in and why",
    ["purpose", "source"],
)
