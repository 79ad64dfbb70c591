"""Where receipts' files lie: in the vault until the decision, then what is kept."""

from django.core.files.storage import storages


def vault():
    return storages["vault"]


def kept():
    return storages["kept"]
