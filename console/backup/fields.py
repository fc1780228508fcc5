"""One field as JSON: how it is written, which shape it has, and how it is read. Pure but for the model."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Field
from django.utils.timezone import is_aware

Shape = dict[str, Any]
_NUMBERS: list[tuple[type[Field[Any, Any]], str]] = [
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.FloatField, "number"),
]
_FORMATS: list[tuple[type[Field[Any, Any]], str]] = [(models.UUIDField, "uuid"), (models.DateTimeField, "date-time")]
_KINDS: dict[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "object": (dict,),
    "array": (list,),
}
_WORDS = {"boolean": "true or false", "integer": "a whole number", "number": "a number", "string": "a text"}
_WORDS |= {"object": "an object", "array": "a list"}


def written(field: Field[Any, Any], row: models.Model) -> Any:
    """Return the value of a row's field as JSON holds it, without loss."""
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | float) or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def shape(field: Field[Any, Any]) -> Shape:
    """Return the JSON Schema of a field."""
    own = _target(field)
    if isinstance(own, models.JSONField):
        empty = own.get_default()
        kind = "object" if isinstance(empty, dict) else "array" if isinstance(empty, list) else ""
        found: Shape = {"type": kind} if kind else {}
    else:
        found = {"type": next((name for kind, name in _NUMBERS if isinstance(own, kind)), "string")}
        found |= next(({"format": name} for kind, name in _FORMATS if isinstance(own, kind)), {})
    if found.get("type") == "string" and own.max_length and not isinstance(own, models.UUIDField):
        found["maxLength"] = own.max_length
    if "Positive" in own.get_internal_type():
        found["minimum"] = 0
    if field.null and "type" in found:
        found["type"] = [found["type"], "null"]
    return found


def read(field: Field[Any, Any], value: Any) -> Any:
    """Return the value as the model has it. Raises ``ValueError`` with a sentence."""
    if value is None:
        return _nothing(field)
    kinds = shape(field).get("type", [])
    kind = kinds[0] if isinstance(kinds, list) and kinds else kinds
    if kind and (not isinstance(value, _KINDS[kind]) or (kind != "boolean" and isinstance(value, bool))):
        raise ValueError(f"{_WORDS[kind]} belongs here.")
    return _checked(field, _converted(field, value))


def fallback(field: Field[Any, Any]) -> Any:
    """Return what a row has where the file, perhaps of an older version, says nothing. Raises ``ValueError``."""
    if not field.primary_key and (field.has_default() or field.null or (field.blank and field.empty_strings_allowed)):
        return field.get_default()
    raise ValueError("it is missing.")


def _nothing(field: Field[Any, Any]) -> None:
    if not field.null:
        raise ValueError("null cannot stand here.")


def _target(field: Field[Any, Any]) -> Field[Any, Any]:
    """Return the field that holds the value: that of the row that a foreign key leads to."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def _converted(field: Field[Any, Any], value: Any) -> Any:
    try:
        found = _target(field).to_python(value)
    except (ValidationError, ValueError, OverflowError) as error:
        raise ValueError(f"{str(value)[:60]!r} is not what belongs here.") from error
    if isinstance(field, models.DateTimeField) and not is_aware(found):
        raise ValueError(f"{value[:60]!r} has no time zone.")
    return found


def _checked(field: Field[Any, Any], value: Any) -> Any:
    """Return the value where the column can hold it."""
    own = _target(field)
    if isinstance(value, str) and own.max_length and len(value) > own.max_length:
        raise ValueError(f"it has {len(value)} characters, more than {own.max_length}.")
    if isinstance(own, models.IntegerField):
        least, most = connection.ops.integer_field_range(own.get_internal_type())
        if "Positive" in own.get_internal_type():
            least = 0
        if not least <= value <= most:
            raise ValueError(f"{value} is out of range.")
    if isinstance(own, models.JSONField):
        _shaped(own, value)
    words = dict(own.flatchoices or ())
    if value and words and value not in words:
        raise ValueError(f"{str(value)[:60]!r} is none of the words that can stand here.")
    return value


def _shaped(field: models.JSONField[Any, Any], value: Any) -> None:
    """Refuse a list of something else than its pages and engines read."""
    try:
        for validate in field.validators:
            validate(value)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
