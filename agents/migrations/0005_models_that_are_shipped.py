"""The models that a new installation knows. Operators change them as they like.

Names and prices of providers change: check them before you rely on them. Every price says where it
was found.
"""

from datetime import date

from django.db import migrations

DEEPSEEK = {
    "provider": "DeepSeek",
    "base_url": "https://api.deepseek.com",
    "key_variable": "DEEPSEEK_API_KEY",
    "structure": "json_object",
    "concurrency": 64,
    "requests_per_minute": 1200,
}
THREADS = "public threads of September 2026, not verified with the provider"
LOCAL = "runs on a machine of one's own"

MODELS = [
    {
        **DEEPSEEK,
        "name": "deepseek-reasoner",
        "remote_name": "deepseek-v4-pro",
        "preference": 10,
        "thinking": "on",
        "max_output_tokens": 8000,
        "timeout_seconds": 120,
        "extra_body": {"thinking": {"type": "enabled"}},
        "price": ("0.66", "0.022", "1.98", "1.32", "0.044", "3.96", THREADS),
    },
    {
        **DEEPSEEK,
        "name": "deepseek-chat",
        "remote_name": "deepseek-flash",
        "preference": 20,
        "thinking": "off",
        "temperature": 0.9,
        "extra_body": {"thinking": {"type": "disabled"}},
        "price": ("0.15", "0.003", "0.60", "0.30", "0.006", "1.20", THREADS),
    },
    {
        "name": "openai",
        "provider": "OpenAI",
        "remote_name": "gpt-5.4-mini",
        "base_url": "https://api.openai.com/v1",
        "base_url_variable": "OPENAI_BASE_URL",
        "key_variable": "OPENAI_API_KEY",
        "preference": 30,
        "structure": "json_schema",
        "thinking": "on",
        "limit_parameter": "max_completion_tokens",
        "max_output_tokens": 4000,
        "concurrency": 64,
        "requests_per_minute": 500,
        "timeout_seconds": 60,
        "price": (
            *("0.75", "0.075", "4.50", None, None, None),
            "OpenAI's price list of 2026-04-30, as quoted by others",
        ),
    },
    {
        "name": "claude",
        "provider": "Anthropic",
        "remote_name": "claude-haiku-4-5",
        "base_url": "https://api.anthropic.com/v1/",
        "key_variable": "ANTHROPIC_API_KEY",
        "preference": 40,
        # The compatible endpoint ignores response_format and caches no prompts.
        "structure": "prompt",
        "temperature": 0.9,
        "concurrency": 16,
        "requests_per_minute": 50,
        "price": (
            *("1.00", "1.00", "5.00", None, None, None),
            "comparisons of providers of 2026, not verified with the provider",
        ),
    },
    {
        "name": "ollama",
        "provider": "Ollama",
        "remote_name": "qwen3:8b",
        "base_url": "http://localhost:11434/v1",
        "base_url_variable": "OLLAMA_BASE_URL",
        "preference": 50,
        "structure": "json_schema",
        "temperature": 0.9,
        "concurrency": 2,
        "timeout_seconds": 180,
        "price": ("0", "0", "0", None, None, None, LOCAL),
    },
    {
        "name": "vllm",
        "provider": "vLLM",
        "remote_name": "Qwen/Qwen3-8B",
        "base_url": "http://localhost:8001/v1",
        "base_url_variable": "VLLM_BASE_URL",
        "preference": 60,
        "structure": "json_schema",
        "temperature": 0.9,
        "concurrency": 128,
        "requests_per_minute": 6000,
        "price": ("0", "0", "0", None, None, None, LOCAL),
    },
]
PRICES = (
    "input",
    "cached_input",
    "output",
    "peak_input",
    "peak_cached_input",
    "peak_output",
    "source",
)


def ship(apps, _):
    LanguageModel = apps.get_model("agents", "LanguageModel")
    ModelPrice = apps.get_model("agents", "ModelPrice")
    for code, fields in enumerate(MODELS, start=1):
        fields = dict(fields)
        price = dict(zip(PRICES, fields.pop("price"), strict=True))
        if price["peak_input"]:
            price["peak_hours"] = "01:00-04:00 06:00-10:00"
        model = LanguageModel.objects.create(code=code, **fields)
        ModelPrice.objects.create(model=model, since=date(2026, 1, 1), **price)


class Migration(migrations.Migration):
    dependencies = [("agents", "0004_minds_of_residents")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
