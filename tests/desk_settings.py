"""Settings of a desk for tests: a folder of its own that goes with the run, a plain password hash, no second factor."""

import atexit
import os
import shutil
import tempfile

os.environ["AMPARO_HOME"] = tempfile.mkdtemp(prefix="amparo-tests-")
atexit.register(shutil.rmtree, os.environ["AMPARO_HOME"], ignore_errors=True)

from amparo.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AMPARO_SECOND_FACTOR = "off"
AXES_ENABLED = False
