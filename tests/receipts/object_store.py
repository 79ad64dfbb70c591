"""A storage that has no folders and no paths, as S3-compatible ones haven't."""

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone


class ObjectStore(Storage):
    """Objects by their whole name; listing and errors are those of django-storages."""

    def __init__(self):
        self.objects: dict[str, tuple[bytes, object]] = {}

    def _open(self, name, mode="rb"):
        if name not in self.objects:
            raise FileNotFoundError(f"File does not exist: {name}")
        return ContentFile(self.objects[name][0], name)

    def _save(self, name, content):
        self.objects[name] = (b"".join(content.chunks()), timezone.now())
        return name

    def delete(self, name):
        self.objects.pop(name, None)

    def exists(self, name):
        return name in self.objects

    def listdir(self, path):
        below = path.rstrip("/") + "/"
        rests = [
            name.removeprefix(below) for name in self.objects if name.startswith(below)
        ]
        folders = {rest.split("/")[0] for rest in rests if "/" in rest}
        return sorted(folders), sorted(rest for rest in rests if "/" not in rest)

    def size(self, name):
        return len(self.objects[name][0])

    def get_modified_time(self, name):
        return self.objects[name][1]
