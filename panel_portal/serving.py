"""gunicorn's settings: `gunicorn -c python:panel_portal.serving panel_portal.wsgi`."""

from panel_portal.environment import Environment

env = Environment()

workers = env.number("WEB_WORKERS", 2, least=1, most=64)
threads = 4
# An upload of 20 MB over a slow phone must not run into it.
timeout = 120
graceful_timeout = 15
keepalive = 5
# No access log: an address may hold an invitation's secret. What gunicorn itself has to
# say goes through the formatter that masks such things.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "panel_portal.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
