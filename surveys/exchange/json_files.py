"""A whole survey as a JSON file: nothing of it is lost."""

import json

from django.utils.translation import gettext as _

from surveys.definition import Definition, WrongDefinition, as_json, from_json
from surveys.exchange.notes import MOST_BYTES, Reading, WrongFile
from surveys.exchange.xpath import is_sane


def export_json(definition: Definition) -> bytes:
    told = json.dumps(as_json(definition), ensure_ascii=False, indent=2)
    return f"{told}\n".encode()


def import_json(data: bytes) -> Reading:
    """Raises `WrongFile`."""
    if len(data) > MOST_BYTES:
        raise WrongFile(_("The file is larger than 5 MB."))
    try:
        told = json.loads(data.decode("utf-8-sig"))
        definition = from_json(told)
        # What can't be written again, such as half a character, could not be kept.
        export_json(definition)
    except WrongDefinition as error:
        raise WrongFile(str(error)) from None
    # Deep nesting exhausts the stack of the parser.
    except (ValueError, RecursionError):
        raise WrongFile(_("The file isn’t JSON.")) from None
    if "\\u0000" in json.dumps(told):
        raise WrongFile(_("The file holds characters that can’t be kept."))
    limits = (
        limit
        for question in definition.questions()
        for limit in (question.least, question.most)
    )
    if not all(limit is None or is_sane(limit) for limit in limits):
        raise WrongFile(_("The file holds numbers that nobody can answer."))
    if not definition.languages:
        raise WrongFile(_("The file names no language."))
    return Reading(definition)
