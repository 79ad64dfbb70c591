"""Stops taking a file in once it is over a limit, and remembers its name."""

from dataclasses import dataclass

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from receipts.imaging.inspect import MAX_BYTES

# Files of one form; settings.DATA_UPLOAD_MAX_NUMBER_FILES is the far wall behind it,
# whose only answer is a page that says nothing of the files that were good.
MAX_FILES = 100
# As much of a name as Django keeps of the files that it takes in.
MAX_NAME = 255


@dataclass(frozen=True)
class SkippedFile:
    """A file that wasn't taken in; `code` is "too_large" or "too_many"."""

    name: str
    code: str


class LimitedUploadHandler(FileUploadHandler):
    """First of the upload handlers: the rest of a file that is too large, or one too
    many, is read off the wire and thrown away, while the others of the same form go
    through.

    The view finds what was left out with `skipped_files`.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.number = 0

    def new_file(self, field_name, file_name, *args, **kwargs):
        super().new_file(field_name, file_name, *args, **kwargs)
        self.number += 1
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        # Not in `new_file`: the parser then closes the file before it instead.
        self.received += len(raw_data)
        if self.number > MAX_FILES:
            self.skip("too_many")
        if self.received > MAX_BYTES:
            self.skip("too_large")
        return raw_data

    def skip(self, code: str):
        if self.request is not None:
            skipped = SkippedFile(self.file_name[:MAX_NAME], code)
            self.request._skipped_files = [*skipped_files(self.request), skipped]
        raise SkipFile

    def file_complete(self, file_size):
        return None


def skipped_files(request) -> list[SkippedFile]:
    """What was left out; known once `request.FILES` has been read."""
    return getattr(request, "_skipped_files", [])
