"""What each rule of screening found, in words for the person who reviews it.

Wherever a recogniser writes a rule's code, it stands right after its kind
(`Finding(Kind.PAYMENT_CARD, "card_number", ...)`), so that a test can hold the codes in
the recognisers against these.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# In groups by module, each in the order of the alphabet.
RULES: dict[str, str | Promise] = {
    # banks.py
    "bank_account": _("The number of a bank account, by what stands before it."),
    "bank_routing": _("The routing number or sort code of a bank account."),
    "cheque_line": _("The line of numbers at the foot of a cheque."),
    "iban": _("The international number of a bank account (IBAN)."),
    # cards.py
    "card_number": _("A number that is valid for a payment card."),
    "card_number_damaged": _(
        "A payment card’s number in which a digit was misread or is missing."
    ),
    "card_number_unmasked": _(
        "A payment card’s number that shows more than its first six and last four."
    ),
    "card_stripe": _("What the magnetic stripe of a payment card holds."),
    # expiry.py
    "card_expiry": _("The month in which a payment card expires."),
    # identity.py
    "driving_licence": _("The number of a driving licence or a state’s identity card."),
    "german_identity_card": _("The number of a German identity card."),
    "german_tax_number": _("A person’s tax number in Germany."),
    "malaysian_identity_card": _("The number of a Malaysian identity card (MyKad)."),
    "national_insurance": _("A National Insurance number of the United Kingdom."),
    "passport": _("The number of a passport."),
    "passport_lines": _("The lines of a passport or identity card for machines."),
    "singaporean_identity_card": _("The number of a Singaporean identity card."),
    "social_security": _("A Social Security number or a taxpayer’s number (ITIN)."),
    # personal.py
    "cardholder_name": _("The name of a card’s holder."),
    "customer_name": _("A customer’s name."),
    "customer_phone": _("A customer’s phone number."),
    "email": _("An e-mail address."),
    "loyalty_number": _("The number of a member or of a loyalty card."),
}
