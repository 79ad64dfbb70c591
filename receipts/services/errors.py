"""What can go wrong with a receipt, in sentences for the person who reads them."""

from django.utils.translation import gettext_lazy as _


class ReceiptError(Exception):
    """Base of the errors below; `str(error)` is a sentence for a person."""


class NotAllowed(ReceiptError):
    """The actor may not do this, or not in this state."""


class AlreadyHeld(ReceiptError):
    """Another reviewer is looking at the receipt."""

    def __init__(self) -> None:
        super().__init__(_("Another reviewer is looking at this receipt."))


class OutOfDate(ReceiptError):
    """The form was made for an older state of the receipt."""

    def __init__(self) -> None:
        super().__init__(
            _("This receipt has changed since you opened it. Look at it again.")
        )


class DuplicatePurchase(ReceiptError):
    """Another live receipt stands for the same purchase."""

    def __init__(self) -> None:
        super().__init__(
            _("This purchase has been shared before. Reject it as a duplicate.")
        )


class LooksLikeAnother(ReceiptError):
    """The receipt, as it was corrected, may show what another live receipt shows; the
    reviewer hears it once and may then accept it all the same."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Now this looks like a purchase that was shared before. Accept it "
                "again if it is another purchase, or reject it as a duplicate."
            )
        )


class NotChecked(ReceiptError):
    """The marks, as they are now, haven't been painted and checked."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Have the marked places painted and checked before you accept this "
                "receipt."
            )
        )


class StillSensitive(ReceiptError):
    """What was typed holds something that is to be painted over."""


class Incomplete(ReceiptError):
    """An accepted receipt would lack what it needs."""


class Ineligible(ReceiptError):
    """A rule of the panel says that the receipt, as it was corrected, can't count."""


class ReadFailed(Exception):
    """A read attempt failed. Its text is a code: django-q2 stores and logs it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
