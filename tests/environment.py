"""The environment of the tests, set before Django reads its settings.

`bin/test` may set DATABASE_URL to run the same suite on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="panel-portal-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

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
