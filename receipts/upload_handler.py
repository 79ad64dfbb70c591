"""Stops taking a file in once it is over the limit, and remembers its name."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from receipts.imaging.inspect import MAX_BYTES


class LimitedUploadHandler(FileUploadHandler):
    """First of the upload handlers: the rest of a file that is too large is read off
    the wire and thrown away, while the others of the same form go through.

    The view finds the names of what was skipped with `oversized_files`.
    """

    def new_file(self, field_name, file_name, *args, **kwargs):
        super().new_file(field_name, file_name, *args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > MAX_BYTES:
            if self.request is not None:
                names = getattr(self.request, "_oversized_files", [])
                self.request._oversized_files = [*names, self.file_name]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


def oversized_files(request) -> list[str]:
    """The names of files that were too large to take in."""
    return getattr(request, "_oversized_files", [])
