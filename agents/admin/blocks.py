"""Blocks: long texts from outside, shown whole; and words in a colour. What they say is escaped."""

from typing import Any, Literal

import orjson
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

Colour = Literal["success", "info", "warning", "danger"]
"""What the theme calls green, blue, orange and red."""

BLOCK = (
    '<pre class="mb-4 p-3 text-xs border border-base-200 rounded-default dark:border-base-700"'
    ' style="white-space: pre-wrap; overflow-wrap: anywhere">{}</pre>'
)


def block(text: str) -> SafeString | str:
    """A text with its lines as they were; a dash for none."""
    return format_html(BLOCK, text) if text else "—"


def titled_block(title: str, text: str) -> SafeString:
    """A text under a title."""
    return format_html('<p class="font-semibold mb-2">{}</p>' + BLOCK, title, text)


def json_block(content: Any) -> SafeString | str:
    """Content for JSON, a line for each part; a dash for none."""
    if content is None:
        return "—"
    return block(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode())


def badge(colour: Colour, word: str) -> SafeString:
    """A word in a colour, in lists and on pages alike."""
    return render_to_string("unfold/helpers/label.html", {"type": colour, "text": word})
