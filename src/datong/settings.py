"""Django's settings for the control plane and the site. What an operator changes is in environment.py, not here."""

from pathlib import Path

from django.utils.functional import SimpleLazyObject

from datong import environment
from datong.records.database import database
from datong.records.key_file import django_key

DATONG_HOME: Path = environment.home()

# Made when first used: reading the settings must not make a folder, least of all where no node is.
SECRET_KEY = SimpleLazyObject(lambda: django_key(DATONG_HOME))
DEBUG = False
ALLOWED_HOSTS = environment.words("DATONG_HOSTS")

# No admin site: it writes without an event. contrib.auth is here for its password hashing and sign-in only;
# what a person may do comes from terms.actor.Role, and no rule asks Django's permissions.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "datong.records",
    "datong.web",
    "datong.web.portal",
    "datong.web.desk",
    "datong.web.stewards",
    "datong.web.bureau",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "datong.web.security.browser_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "datong.web.language.speaking",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "datong.web.faults.FaultsToPages",
]

ROOT_URLCONF = "datong.web.urls"
WSGI_APPLICATION = "datong.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "datong.web.context.site",
            ]
        },
    }
]

DATABASES = {"default": database(environment.text("DATONG_DATABASE_URL"), home=DATONG_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "records.Account"
# scrypt asks a guesser for memory as well as time; PBKDF2 stays readable for hashes brought from elsewhere.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# What a page is shown in is chosen in datong.web.language; Django's own form messages follow it.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = environment.text("DATONG_TIME_ZONE")
USE_TZ = True

# Static files come straight out of the installed packages: nothing to collect, nothing to fetch.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# What a browser is told. The content policy itself is datong.web.security.
_HTTPS = environment.yes("DATONG_HTTPS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "datong.web.faults.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if _HTTPS and host != "*"]

CSRF_FAILURE_VIEW = "datong.web.faults.stale_form"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "datong.log_lines.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        # A statement echoed with its parameters is a row of data in the log, whatever the level asked for.
        "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "datong": {"handlers": ["terminal"], "level": "INFO", "propagate": False},
    },
}
