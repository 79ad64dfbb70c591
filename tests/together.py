"""Calls that run at one moment, each with a database connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection


def together(*calls: Callable) -> list:
    """Run the calls at one moment; the results, or the errors, in their order."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, call))
        for place, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
