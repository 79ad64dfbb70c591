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
    "card_code": _("The security code of a payment card."),
    "card_number": _("A number that is valid for a payment card."),
    "card_number_damaged": _(
        "A payment card’s number in which a digit was misread or is missing."
    ),
    "card_number_unmasked": _(
        "A payment card’s number that shows more than its last four digits."
    ),
    "card_stripe": _("What the magnetic stripe of a payment card holds."),
    # expiry.py
    "card_expiry": _("The month in which a payment card expires."),
    # identity.py
    "driving_licence": _("The number of a driving licence or a state’s identity card."),
    "german_identity_card": _("The number of a German identity card."),
    "german_tax_number": _("A person’s tax number in Germany."),
    "identity_paper": _("The number of an identity card or residence permit."),
    "malaysian_identity_card": _("The number of a Malaysian identity card (MyKad)."),
    "national_insurance": _("A National Insurance number of the United Kingdom."),
    "passport": _("The number of a passport."),
    "passport_lines": _("The lines of a passport or identity card for machines."),
    "singaporean_identity_card": _("The number of a Singaporean identity card."),
    "social_security": _("A Social Security number or a taxpayer’s number (ITIN)."),
    # medical.py
    "copay": _("What a patient pays, or what an insurance paid for a patient."),
    "drug": _("A medicine that only a prescription gives, or one near a prescription."),
    "drug_code": _("The code of a medicine (NDC, PZN)."),
    "drug_directions": _("How a medicine is to be taken, or what it may do."),
    "drug_quantity": _("How much of a medicine was given, or for how many days."),
    "health_code": _("The code of a diagnosis or of a treatment."),
    "health_insurance_number": _("The number or group of a health insurance."),
    "health_insurer": _("The name of a health insurance."),
    "health_place": _("The paper is of somebody who treats people or animals."),
    "health_savings": _("Health savings (FSA, HSA) that paid for a prescription."),
    "health_service": _("A health service: a vaccination, a visit, a treatment."),
    "near_health_insurance": _("A line among those of a health insurance."),
    "near_health_service": _("A line among those of a health service."),
    "near_prescription": _("A line among those of a prescription."),
    "patient": _("A patient’s name, number or date of birth."),
    "pharmacy_counselling": _("That a pharmacist gave advice on a prescription."),
    "prescriber": _("Who prescribed a medicine or treated somebody."),
    "prescription_filled": _("When a prescription was written or filled."),
    "prescription_number": _("A prescription, by its number or by the word for one."),
    "prescription_refill": _("How often a prescription may be filled again."),
    # personal.py
    "cardholder_name": _("The name of a card’s holder."),
    "customer_name": _("A customer’s name."),
    "customer_phone": _("A customer’s phone number."),
    "email": _("An e-mail address."),
    "loyalty_number": _("The number of a member or of a loyalty card."),
}
