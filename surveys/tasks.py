"""What the worker runs: one service called."""

from surveys.services import inviting, profiles, responding


def invite() -> None:
    inviting.run()


def sweep() -> None:
    responding.sweep_trials()
    profiles.forget_purchases()
