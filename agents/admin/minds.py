"""What minds are called in lists of admin: known with the rows, so a list costs one query."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from agents.minds.catalogue import INSTINCT
from agents.models import LanguageModel
from world.labels import in_words

UNKNOWN = "?"
"""The name of a mind whose model is in the catalogue no more."""


def with_mind_names(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Rows that know what the mind is called whose code is in this field; see `mind_name`."""
    models = LanguageModel.objects.filter(code=OuterRef(code))
    return rows.annotate(mind_code=F(code), model_called=Subquery(models.values("name")[:1]))


def mind_name(row: Any) -> str:
    """The name of a model, or instinct in the reader's language. row: of `with_mind_names`."""
    return in_words(INSTINCT) if row.mind_code == 0 else row.model_called or UNKNOWN
