"""Wordings of labels and leaflets: how a medicine is taken, what it may do, what a
pharmacist said."""

from receipts.screening.signs import A_NAME, Role, Shape, Sign

SIGNS = (
    Sign(
        Role.DIRECTIONS,
        "by mouth|under the tongue|subcutaneously|intramuscularly|to be taken"
        "|affected area|affected areas|into each eye|in each eye|each nostril"
        "|into the eye|in both eyes|in right eye|in left eye|under the skin|por la boca"
        "|por via oral|vía oral|po bid|po tid|po qd|po daily|po qid|po qhs|po prn"
        "|kali sehari|sebelum makan|selepas makan|bila perlu|dilarutkan"
        "|sapu pada|tablet sehari|times daily|times a day|times per day|veces al dia"
        "|mal täglich|x täglich|nach dem essen|vor dem essen|zu den mahlzeiten"
        "|unzerkaut|directions for use|as directed by|take as directed|use as directed"
        "|inject subcutaneously|as needed for pain|every 4 hours|every 6 hours"
        "|every 8 hours|every 12 hours|every 4 to 6 hours|every 4-6 hours|cada 8 horas"
        "|cada 12 horas|una tableta|tome una|tome 1|at bedtime|in the morning"
        "|every morning|every evening|every night|twice daily|twice a day|once daily"
        "|once a day|three times|four times|daily with food|with food daily"
        "|until finished|until gone|until all taken|as needed for|once weekly"
        "|once a week|with meals|sekali sehari|dua kali|tiga kali|untuk dimakan",
        bare=0.4,
        unless=r"restaurant|served|menu|breakfast|open|happy hour",
    ),
    Sign(Role.DIRECTIONS, "sig", bare=0.05, value=r"(?<=:)\s*[a-z\d]", valued=0.5),
    Sign(
        Role.WARNING,
        "may cause drowsiness|cause drowsiness|do not drink alcohol|alcoholic beverages"
        "|finish all this medication|finish all of this|federal law prohibits"
        "|transfer of this drug|other than the patient|keep out of reach"
        "|keep out of the reach|side effects|operate machinery|operating machinery"
        "|operating a car|medication guide|missed dose|blood thinners|breast feeding"
        "|breastfeeding|drug interactions|allergic reaction|this medicine"
        "|this medication|your medication|your medicine|your medicines"
        "|medicine is used|medication is used|generic for|substituted for"
        "|generic equivalent|common uses|how to take|before taking|while taking"
        "|controlled substance|may impair|impair your ability|taking this"
        "|discard unused|important information about|call your doctor|tell your doctor"
        "|contact your doctor|ask your doctor|overdose|nebenwirkungen"
        "|packungsbeilage|ubat ini|efectos secundarios|may cause dizziness"
        "|keep in refrigerator|prolonged exposure|medication has been|drug leaflet"
        "|patient leaflet|patient education|medication name|medication list"
        "|medicament",
        bare=0.3,
    ),
    Sign(Role.WARNING, "allergies|drug allergies|nkda|allergy info", bare=0.25),
    Sign(
        Role.WARNING,
        "take with food|shake well|store at room temperature|avoid sunlight"
        "|generic name|brand name|mfr|mfg|manufacturer|medication|medications|medicine"
        "|discard after|use before|do not crush|do not chew|ubat|arzneimittel"
        "|medikament|medicamento|drug name|drug|lot no",
        bare=0.06,
        priced=0.42,
        unless=r"nyamuk|gigi|drug ?store|drugs\b|kedai",
    ),
    Sign(
        Role.COUNSEL,
        "pharmacist consult|rph consult|consult accepted|consult declined"
        "|consult offered|pharmacist counseling|pharmacist counselling"
        "|counseling accepted|counseling declined|counseling refused"
        "|pharmacy counseling|patient counseling|patient counseled|counsel accepted"
        "|counsel declined|offer to counsel|consultation declined"
        "|consultation accepted|declined counseling|accepted counseling"
        "|counseling required|counselling accepted|counselling declined"
        "|declined counselling|refused counseling|counseling offered"
        "|patient consultation|pharmacist consultation|consult required"
        "|verified by rph",
        bare=0.85,
    ),
    Sign(
        Role.COUNSEL,
        "counseling|counselling|counseled|counselled|privacy practices|hipaa|rph"
        "|pharmacist initials|dispensing pharmacist|npp",
        bare=0.45,
        value=r"(?<=[:=])\s*[a-z]",
        valued=0.55,
    ),
    Sign(Role.COUNSEL, "counsel", bare=0.1, value=r"[yn]\b|yes|no\b", valued=0.6),
    Sign(
        Role.COUNSEL,
        "pharmacist|pharmacists|pharmd|apotheker|apothekerin|ahli farmasi",
        bare=0.12,
        value=r"(?<=[:=])\s*" + A_NAME,
        valued=0.3,
        unless=r"ask (?:your|a|our|the)|talk to|see (?:your|a|our)|inh\b|inhaber",
    ),
)

SHAPES = (
    Shape(
        Role.DIRECTIONS,
        0.55,
        r"\b(?:take|apply|inject|instill|inhale|tome|aplique|use)\b.*\b(?:daily|hours"
        r"|affected|bedtime|directed|needed|weekly|mouth|meals|nightly|nostrils?"
        r"|eyes?|ears?|vaginally|rectally|topically|diaria|dia)\b",
        is_bare=True,
    ),
    Shape(
        Role.DIRECTIONS,
        0.7,
        r"\b(?:take|takes|inject|apply|instill|inhale|use|place|give|chew|dissolve"
        r"|insert|swallow|tak[eo]|tome|ambil"
        r"|makan)\s*(?:up to\s*)?(?:\(?\d+(?:[./\-]\d+)?\)?|one|two|three|four|half"
        r"|una|dos|a|an|the)\s*(?:to\s*\w+\s*)?(?:\(\w+\)\s*)?(?:tab|cap|puff|drop"
        r"|m[l1]\b|unit|tea\s?sp|table\s?sp|spray|patch|spoon|pill|dose|syringe|pen\b"
        r"|vial|suppos|lozenge|sachet|softgel|packet|biji|sudu|inhal|film|ring"
        r"|thin layer|contents|small amount)",
    ),
    Shape(
        Role.DIRECTIONS,
        0.6,
        r"\b(?:one|two|\d)\s*(?:tab|cap|puff|drop|spoon|sachet|spray"
        r"|5\s?ml)\w*\s*(?:\(s\)\s*)?(?:to be taken|daily|twice|once|every|three|four"
        r"|at night|each|per day|a day|sehari|\d\s?x|taglich|täglich|by mouth|po\b"
        r"|in the|at bed|morning|when)",
    ),
    Shape(
        Role.DIRECTIONS,
        0.3,
        r"(?<![\d\-.])[0-3½]\s?-\s?[0-3½]\s?-\s?[0-3½](?:\s?-\s?[0-3½])?(?![\d\-.])",
    ),
    Shape(
        Role.DIRECTIONS,
        0.3,
        r"\b(?:b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?h\.?s|q\d{1,2}h|p\.?r\.?n)\b\.?",
    ),
)
