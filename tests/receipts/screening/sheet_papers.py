"""Papers with a column, a line or a letterhead apart from what it belongs to. All of
them are invented."""

PAPERS = {
    "a quantity with its price below a drug": """
=HARBOR DRUG
=12 Quay St, Astoria OR 97103
=503-555-0117
!LORAZEPAM TAB 1MG
!#30      6.00
!Script no. 53653391
=DISH SOAP          2.49
=TOTAL              8.49
""",
    "a quantity with its price above a drug": """
=HARBOR DRUG
=12 Quay St, Astoria OR 97103
=MINTS              0.99
!#90 35.00
!ROSUVASTATIN TAB 20MG
!RX 5365340
=TOTAL             35.99
""",
    "counts of tablets with prices between the lines": """
=HARBOR DRUG
=12 Quay St, Astoria OR 97103
!RX 5365340
!30 TAB 12.00
!LISINOPRIL 10MG
!QTY 60  4.00
!RX 5365341
=GUM                0.99
=TOTAL             16.99
""",
    "a bag's sticker with the name as people say it": """
!Marta Lindqvist
!Born 04/1957
!$20.00
!7781234  DR. A. POE
!Atorvastatin 20mg
""",
    "a sticker with three names above an address": """
!MARTA ELENA LINDQVIST
!77 Cedar St
!Bend OR 97701
!Rx 7781234
!RF NR
!                                   $20.00
""",
    "a label with values in a column of their own": """
=WEST END PHARMACY
=9 Lake Ave, Bend OR 97701
!Marta Lindqvist
!Rx 7781234
!Atorvastatin 20mg tab
!Refills
!2
!Ref 0
""",
    "a prescription sheet with its letterhead": """
!Helen Marsh, MD
!Riverbend Family Medicine
!12 Quay St, Astoria OR 97103
!Tel 503-555-0117
!Patient: Marta Lindqvist    DOB 04/02/1957
!Rx
!Amoxicillin 500 mg capsules
!Sig: one capsule three times a day
!Disp #21    Refills: 0
""",
    "a British label that begins with its count": """
=Paydens Pharmacy 01622 555000
!30 Metformin 500mg tablets
!Take ONE twice a day with food
!Mrs T Specimen
""",
    "an optician's bill": """
=BRIGHT VISION CENTER
=4 Main St, Salem OR 97301
!Eye exam               95.00
!Lenses                120.00
!Retinal imaging        39.00
!Frame XJ-20           149.00
=Total                 403.00
""",
    "tests and vaccines of a pharmacy": """
=HARBOR DRUG
=12 Quay St, Astoria OR 97103
!TYPHIM VI              98.00
!COVID/FLU ANTIGEN TEST ADMIN  45.00
=GUM                     0.99
=TOTAL                 143.99
""",
    "what a practice did": """
=LAKESIDE CLINIC
=4 Main St, Salem OR 97301
!Psychiatric evaluation    210.00
!Urine pregnancy test       25.00
!Wellness package           30.00
=Total                     265.00
""",
    "exercises with a therapist": """
=Praxis Neumann
=Hauptstr. 4, 10115 Berlin
!6 x Krankengymnastik      150,00
!Fango                      40,00
=Gesamt                    190,00
""",
    "a vaccine's brand": """
=HARBOR DRUG
=12 Quay St
!VIVOTIF 4 CAP           89.00
!IXIARO                 310.00
=TOTAL                  399.00
""",
    "a German doctor's invoice": """
=Gemeinschaftspraxis Dr. med. Eva Brandt
=Hauptstr. 4, 10115 Berlin
=Tel. 030 5550199
!Herrn Jonas Beispiel
!Lindenweg 7
!10245 Berlin
!Diagnose: J06.9
!21.10.2026  1   Beratung              2,3   10,72
!21.10.2026  250 Blutentnahme          1,8    4,20
=Rechnungsbetrag                             14,92
=Zahlbar bis 02.12.2026
""",
    "services above a column of their prices": """
=LAKE CLINIC
=4 Main St
!Consultation
!Dressing
!60.00
!15.00
=Total
=75.00
""",
    "goods two lines below a prescription": """
=HARBOR PHARMACY
=12 Quay St, Astoria OR 97103
!RX 5365340           12.00
=TISSUES 3PK           4.49
= 2 @ 3.99
=SHAMPOO               7.98
=TOTAL                24.47
""",
}
