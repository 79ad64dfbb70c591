"""The environment of the tests, set before Django reads its settings.

`bin/test` may set DATABASE_URL to run the same suite on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PYTEST_XDIST_WORKER" in os.environ:
    # Within the folder of the process that it works for, which removes it even where
    # the worker was killed. A short name: Chromium has a socket far below it.
    _folder = str(Path(os.environ["DATA_DIR"], os.environ["PYTEST_XDIST_WORKER"]))
    Path(_folder).mkdir()
else:
    _folder = tempfile.mkdtemp(prefix="panel-portal-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
# WhiteNoise warns where it is missing, at each request of a test.
Path(_folder, "static").mkdir()

# The settings put temporary files into the vault, where a running portal sweeps them.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
os.environ.update(
    SECRET_KEY="tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
    DATA_DIR=_folder,
    DEBUG="0",
    HTTPS="0",
    STAFF_MFA_REQUIRED="0",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    EMAIL_DELIVERY="file",
    OMP_THREAD_LIMIT="1",
)
