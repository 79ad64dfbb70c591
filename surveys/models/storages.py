"""Where a survey's files lie; as a function, so that migrations name no machine."""

from django.core.files.storage import storages


def kept():
    return storages["kept"]
