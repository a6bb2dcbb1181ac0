"""Admin: the models that residents may think with, and what they cost. The next thought uses it.

No key is ever shown here, nor sent back when somebody typed one where its name belongs.
"""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminURLInputWidget,
)

from agents.admin.blocks import badge
from agents.minds.catalogue import INSTINCT
from agents.minds.governor import why_unusable
from agents.minds.keys import has_key
from agents.minds.reading import PRICES
from agents.models import AgentMind, LanguageModel, ModelPrice
from agents.models.language_model import check_names_a_secret
from agents.systems.mind_orders import MIND
from world.admin import ReadOnly
from world.models import InboxEntry
from world.rest.language import language, say, say_lazily

PLACE_OF_A_KEY = re.compile(r"[A-Z_][A-Z0-9_]*|/.+", re.ASCII)
"""The name of an environment variable, or the path of a file."""


class LanguageModelForm(forms.ModelForm):
    """A model, with complaints in the reader's language."""

    class Meta:
        model = LanguageModel
        fields = ()
        help_texts = {
            "name": say_lazily(
                zh="居民按这个名字使用模型；小写字母、数字和 .:_-",
                en="Residents are given it by this name: small letters, digits and .:_-",
            ),
            "base_url_variable": say_lazily(
                zh="若设置了这个环境变量，就用它的值代替上面的地址。",
                en="An environment variable that replaces this address where it is set.",
            ),
            "key_variable": say_lazily(
                zh="存放密钥的环境变量名（或密钥文件的路径）；不需要密钥就留空。不要填写密钥本身。",
                en="The environment variable that holds the key, or the path of a file; empty where"
                " none is needed. Never the key itself.",
            ),
            "extra_body": say_lazily(
                zh="附加在每个请求里的 JSON 对象。", en="A JSON object, added to every request."
            ),
        }
        error_messages = {
            "name": {
                "invalid": say_lazily(
                    zh="只能用小写字母、数字和 .:_-", en="Small letters, digits and .:_- only."
                )
            }
        }

    def clean_name(self) -> str:
        """Instinct needs no entry."""
        name: str = self.cleaned_data["name"]
        if name == INSTINCT:
            raise ValidationError(say(zh="本能不是语言模型。", en="Instinct is no language model."))
        return name

    def clean_extra_body(self) -> dict[str, Any]:
        """It is merged into requests, so it must be an object."""
        content = self.cleaned_data["extra_body"]
        if content is None or content == "":
            return {}
        if not isinstance(content, dict):
            raise ValidationError(say(zh="须是一个 JSON 对象。", en="Expected a JSON object."))
        return content

    def clean_key_variable(self) -> str:
        """It says where a key is kept; the key itself must not get into the database."""
        value: str = self.cleaned_data["key_variable"]
        try:
            check_names_a_secret(value)
        except ValidationError:
            names_a_place = False
        else:
            names_a_place = not value or PLACE_OF_A_KEY.fullmatch(value) is not None
        if not names_a_place:
            raise ValidationError(
                say(
                    zh="这看起来是密钥本身，没有保存。请填写存放密钥的环境变量名（大写字母、数字"
                    "和下划线），或密钥文件的路径。",
                    en="This looks like a key itself, and was not kept. Give the name of the"
                    " environment variable that holds it (capitals, digits and underscores), or the"
                    " path of a file.",
                )
            )
        return value

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "key_variable" in self.errors:
            # What was refused may be a key: the page shows what stood there before.
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("key_variable")] = self.initial.get("key_variable", "")
            self.data = data
        return cleaned


class ModelPriceForm(forms.ModelForm):
    """A price. Its columns are not called what categories of money are called."""

    class Meta:
        model = ModelPrice
        fields = "__all__"
        widgets = {
            **dict.fromkeys(PRICES, UnfoldAdminDecimalFieldWidget({"style": "min-width: 6rem"})),
            **dict.fromkeys(
                ("peak_hours", "source"), UnfoldAdminTextInputWidget({"style": "min-width: 14rem"})
            ),
        }
        labels = {"output": say_lazily(zh="输出", en="output")}
        error_messages = {
            "peak_hours": {
                "invalid": say_lazily(
                    zh="时段的写法：01:00-04:00 06:00-10:00",
                    en="Spans such as 01:00-04:00 06:00-10:00",
                )
            }
        }


class PricesOfModel(TabularInline):
    """US dollars per million tokens; an older price stays, for what was asked by it."""

    model = ModelPrice
    form = ModelPriceForm
    extra = 0
    verbose_name_plural = say_lazily(
        zh="价格（美元/百万词元；高峰价在工作日的高峰时段生效，按 UTC）",
        en="Prices (US dollars per million tokens; peak prices within peak hours on weekdays, UTC)",
    )


@admin.register(LanguageModel)
class LanguageModelAdmin(ModelAdmin):
    """Models, the preferred ones first."""

    form = LanguageModelForm
    inlines = (PricesOfModel,)
    formfield_overrides = {
        models.URLField: {"widget": UnfoldAdminURLInputWidget, "assume_scheme": "https"}
    }
    list_display = (
        *("name", "provider", "remote_name", "enabled", "usable", "key"),
        *("preference", "concurrency"),
    )
    list_filter = ("enabled", "provider")
    ordering = ("preference", "code")
    readonly_fields = ("code", "usable", "key")
    fieldsets = (
        (
            say_lazily(zh="是什么", en="What it is"),
            {"fields": ("name", "code", "provider", "enabled", "usable", "preference")},
        ),
        (
            say_lazily(zh="在哪里、用哪个密钥", en="Where, and with which key"),
            {"fields": ("remote_name", "base_url", "base_url_variable", "key_variable", "key")},
        ),
        (
            say_lazily(zh="能做什么", en="What it can do"),
            {
                "fields": (
                    *("structure", "thinking", "temperature", "limit_parameter"),
                    *("max_output_tokens", "extra_body"),
                )
            },
        ),
        (
            say_lazily(zh="一次多少", en="How much at once"),
            {"fields": ("concurrency", "requests_per_minute", "timeout_seconds")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LanguageModel]:
        return super().get_queryset(request).prefetch_related("prices")

    @display(description=say_lazily(zh="可用", en="usable"))
    def usable(self, model: LanguageModel) -> SafeString | str:
        """Whether it can be asked at all, or why not."""
        if model.pk is None:
            return "—"
        why = _why_unusable(model)
        if not why:
            return badge("success", say(zh="可用", en="yes"))
        no = badge("danger", say(zh="不可用", en="no"))
        return format_html('{}<div class="text-xs">{}</div>', no, why)

    @display(description=say_lazily(zh="密钥", en="key"))
    def key(self, model: LanguageModel) -> str:
        """Whether there is one; never what it is."""
        if not model.key_variable:
            return say(zh="不需要", en="not needed")
        return say(zh="已设置", en="set") if has_key(model) else say(zh="缺少", en="missing")

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[Any, Any, set[Any], list[Any]]:
        """What is deleted with models; a model that somebody thinks with keeps all of them."""
        objects, counts, lacking, kept = super().get_deleted_objects(objs, request)
        # Prices stand in admin to be read; they go with their model all the same.
        lacking.discard(ModelPrice._meta.verbose_name)
        return objects, counts, lacking, [*kept, *_still_needed(list(objs))]


def _why_unusable(model: LanguageModel) -> str:
    """What keeps a model from being asked, in the reader's language; empty if nothing does."""
    why = why_unusable(model)
    if not why or language() == "en":
        return why
    if not model.enabled:
        return "已停用"
    return "今天没有适用的价格" if has_key(model) else "缺少密钥"


def _still_needed(unwanted: list[LanguageModel]) -> list[str]:
    """A sentence for each of these models that is, or is about to be, somebody's mind."""
    codes = {model.code: model.name for model in unwanted}
    minds = AgentMind.objects.filter(code__in=codes)
    used = dict(minds.values_list("code").annotate(count=Count("pk")).order_by())
    given = InboxEntry.objects.filter(
        kind=MIND.name, outcome=InboxEntry.Outcome.WAITING, payload__code__in=list(codes)
    )
    coming = set(given.values_list("payload__code", flat=True))
    return [
        say(
            zh=f"不能删除 {name}：还有居民用它思考，或正要改用它（现有 {used.get(code, 0)} 位）。"
            "请先给他们别的心智。",
            en=f"{name} cannot be deleted while residents think with it, or are about to"
            f" ({used.get(code, 0)} do). Give them another mind first.",
        )
        for code, name in codes.items()
        if code in used or code in coming
    ]


@admin.register(ModelPrice)
class ModelPriceAdmin(ReadOnly):
    """All prices side by side; they are edited with their model."""

    form = ModelPriceForm
    list_display = ("model", "since", "usual", "at_peak", "peak_hours", "source")
    list_select_related = ("model",)
    list_filter = ("model",)

    @display(
        description=say_lazily(
            zh="输入 / 缓存输入 / 输出（美元/百万词元）",
            en="input / cached / output, USD per million tokens",
        )
    )
    def usual(self, price: ModelPrice) -> str:
        """The prices outside peak hours."""
        return f"{price.input:f} / {price.cached_input:f} / {price.output:f}"

    @display(description=say_lazily(zh="高峰价", en="at peak hours"))
    def at_peak(self, price: ModelPrice) -> str:
        """The prices within them."""
        peak = (price.peak_input, price.peak_cached_input, price.peak_output)
        if not price.peak_hours:
            return "—"
        return " / ".join("—" if each is None else f"{each:f}" for each in peak)
