"""Why a file was refused or couldn't be decoded, in sentences for the person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[str, str | Promise] = {
    "empty": _("This file is empty. Choose a picture or a PDF of the receipt."),
    "too_large": _("This file is over 20 MB. Take the picture again, or share a PDF."),
    "unknown_format": _(
        "This isn’t a picture we can read. Share a JPEG, PNG, WebP, HEIC or TIFF "
        "picture, or a PDF."
    ),
    "too_many_pixels": _(
        "This picture has over 50 megapixels. Use the camera’s normal setting."
    ),
    "too_many_pages": _("This file has over 20 pages. Share one receipt at a time."),
    "damaged": _("This file is damaged. Take the picture again."),
    "animated": _("This is a moving picture. Share a still one."),
    "encrypted_pdf": _("This PDF asks for a password. Share it without one."),
}


def refusal(code: str) -> str | Promise:
    """The sentence for a code of `RefusedFile`; a general one for any other."""
    return _SENTENCES.get(code, _SENTENCES["damaged"])
