"""Superset on this machine alone, for `make superset` and `make test-superset`. Superset reads every capital name.

The secret key and the directory for Superset's own data are made at each start, and come in the environment.
"""

from __future__ import annotations

import os
from pathlib import Path

SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{Path(os.environ['SUPERSET_HOME']) / 'superset.db'}?check_same_thread=false"
APP_NAME = "Probation inspections"
# Pages load nothing from elsewhere: no maps, no fonts, and no picture that reports its use to Superset's makers.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "object-src": "'none'",
        "script-src": ["'self'", "'strict-dynamic'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "worker-src": ["'self'", "blob:"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}
AUTH_RATE_LIMITED = False
RATELIMIT_STORAGE_URI = "memory://"
