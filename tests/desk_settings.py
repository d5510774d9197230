"""Settings of a desk for tests: a folder of its own that goes with the run, a plain password hash, no second factor.

SQLite lies in a file with its log ahead, as in life: in memory it locks otherwise.
"""

import atexit
import os
import shutil
import tempfile

os.environ["AMPARO_HOME"] = tempfile.mkdtemp(prefix="amparo-tests-")
atexit.register(shutil.rmtree, os.environ["AMPARO_HOME"], ignore_errors=True)

from amparo.web.settings import *  # noqa: E402, F403
from amparo.web.settings import AMPARO_HOME, DATABASES  # noqa: E402

DATABASES["default"]["TEST"] = {"NAME": "test_amparo"}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(AMPARO_HOME / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AMPARO_SECOND_FACTOR = "off"
AXES_ENABLED = False
AMPARO_API_RATE = "1000000/m"
