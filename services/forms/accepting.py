"""Running a verb on behalf of a form."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from events.errors import Refused, StaleEdit


def accepted(form: forms.BaseForm, verb: Callable[[], object]) -> bool:
    """Run ``verb`` if the form is valid, and say whether it was done. What it refuses becomes errors of the form.

    ``StaleEdit`` goes on to the caller, who has more to show than a sentence.
    """
    if not form.is_valid():
        return False
    try:
        verb()
    except ValidationError as error:
        for field, sentences in _by_field(error).items():
            form.add_error(field if field in form.fields else None, sentences)
    except StaleEdit:
        raise
    except Refused as error:
        form.add_error(None, str(error))
    return form.is_valid()


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
