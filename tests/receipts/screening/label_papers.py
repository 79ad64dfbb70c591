"""Labels, leaflets and bills, well read and badly; see `prescription_papers`."""

PAPERS = {
    "a bag's label": """
=CVS/pharmacy #02345
=45 ELM STREET  NEWTON, MA 02458
=617-555-0100
!RX: 1357911   Store: 02345
!BROOKS, DANIEL
!DOB: 08/19/1974
 Ready: 11/03/2026 05:30 PM
!ROSUVASTATIN CALCIUM 10 MG TABLET
!Qty: 90   $15.00
!Allergies: PENICILLIN
!New: Y    Counsel: Y
!Insurance: CAREMARK
""",
    "a label beside an address": """
=WALGREENS PHARMACY             Questions? 1-800-555-0144
=1 STATE ST, SALEM OR 97301
!RX 0998877-04411               MARTIN, GLORIA
!CLOPIDOGREL 75MG TABLETS       55 OAK LN
!TAKE 1 TABLET BY MOUTH         SALEM, OR 97302
!EVERY DAY                      (503) 555-0166
!QTY 90     3 REFILLS           DR K. PATEL
!MFG TORRENT                    PLAN: MEDD
!                               COPAY $6.00
""",
    "a monograph": """
=Safeway Pharmacy
!IMPORTANT: HOW TO USE THIS INFORMATION: This is a summary and
!does NOT have all possible information about this product.
!LISINOPRIL - ORAL (lye-SIN-oh-pril)
!WARNING: This drug can cause serious harm to an unborn baby.
!USES: Lisinopril is used to treat high blood pressure.
!HOW TO USE: Take this medication by mouth with or without food
!as directed by your doctor, usually once daily.
!SIDE EFFECTS: Dizziness, lightheadedness, or headache may occur.
!PRECAUTIONS: Before taking lisinopril, tell your doctor if you
!are allergic to it.
!STORAGE: Store at room temperature away from moisture.
""",
    "points earned on a prescription": """
=FRED MEYER
=YOUR CASHIER TODAY WAS SELF
=STARBUCKS CFE         8.99 F
!PHARMACY RX 6677889  25.00
!       PHARM
=SC KROGER SAVINGS     1.00-
=TAX                   0.00
=BALANCE              32.99
=VISA ************1111
=REF#: 123456  TOTAL: 32.99
=AID: A0000000031010
!FSA RX: 25.00
=CHANGE                0.00
=Fuel Points Earned Today: 33
!Earned on Rx 50
""",
    "a pharmacy in a store": """
=TARGET
=Cary - 919-555-0150
=GROCERY
=070990010 MKT PANTRY   FN   2.49
=HEALTH AND BEAUTY
=245030012 UP&UP BANDAID T   3.19
!PHARMACY
!094000001 RX COPAY     N   10.00
!  RX # 1122334
=SUBTOTAL                  15.68
=TOTAL                     15.90
""",
    "two prescriptions of a discounter": """
=Walmart
=Supercenter
=ST# 02110 OP# 00001 TE# 01 TR# 00001
=GV MILK     007874235186 F   3.12 N
!RX 7766554  PHARMACY         4.00 H
!RX 7766555  PHARMACY        10.00 H
=SUBTOTAL                    17.12
=TOTAL                       17.12
=DEBIT TEND                  17.12
""",
    "the word in full with numbers": """
=WALGREENS #5544 500 BROADWAY
=NEW YORK NY 10012  212-555-0147
=305  5544 0011 11/09/2026 9:04 AM
!PRESCRIPTION 0012345           7.50
!PRESCRIPTION 0012399           0.00
 A/T LOZENGES CHERRY 30S
=  03221144              A      6.99
=SUBTOTAL                      14.49
=SALES TAX A=8.875%             0.62
=TOTAL                         15.11
""",
    "an invoice with a doctor's shorthand": """
=BOULDER APOTHECARY
=Invoice 2211
!Rx 45001   Lamictal 100 mg #60     $22.10
!Rx 45002   Ativan 1mg  #30          $8.00
!Sig: 1 po bid
!Pt: K. Morrow
!MD: Dr. Ruiz
=Total $30.10
""",
    "a compounded medicine": """
=PINE COMPOUNDING PHARMACY
=12 Pine Rd, Bend OR 97701
!Patient Name  HALEY STONE
!Formula  PROGESTERONE 100MG SR CAPS
!Prescriber  DR. E. FOX
!Quantity  30       Lot 22115
!Beyond Use Date  05/01/2027
!Price  $48.00
""",
    "a hospital's pharmacy": """
=UNIVERSITY HOSPITAL OUTPATIENT PHARMACY
=1 Campus Dr
!MRN 00441122   PEREZ, LUIS
!1) Rx 9900112 ONDANSETRON 4MG ODT    12  $3.10
!2) Rx 9900113 HYDROCODONE-ACET 5-325 20  $4.25
=Total Due  $7.35
=Paid CASH
""",
    "a therapist's bill": """
=MINDFUL COUNSELING CENTER LLC
 Superbill
!Client: JOAN RIVERS-SMYTH   DOB 1/1/1985
!Dx: F41.1
!CPT 90837  Psychotherapy 60 min   150.00
!Copay                              30.00
=Balance                           120.00
""",
    "a chiropractor's bill": """
=BACK IN LINE CHIROPRACTIC
=Date 11/10/26
!98941 Spinal adjustment       55.00
!97110 Therapeutic exercise    40.00
=Total                         95.00
=Visa                          95.00
""",
    "a laboratory's receipt": """
=QUEST DIAGNOSTICS
 Patient Service Center
!Patient: ODELL, P
!Lipid panel           32.00
!TSH                   41.00
!Hemoglobin A1c        28.00
 Amount paid          101.00
""",
    "a German plan of doses": """
=Schloss-Apotheke
=Schlossplatz 2, 76131 Karlsruhe
!Fr. Anna Beispiel
!Ramipril 5 mg
!1-0-0-0
!vor dem Essen einnehmen
!N3 100 St
""",
    "a German table of co-payments": """
=Bären Apotheke
=Tel 0711 555 01
 Artikel           PZN       Preis
!L-Thyroxin 75     02532741   5,00 Z
!Bisoprolol 2,5    00755216   5,00 Z
=Vitamin D3 1000   11223344   9,99
=Summe                       19,99
!davon Zuzahlung             10,00
!Krankenkasse: TK
=Bar                         20,00
""",
    "a German receipt for co-payments": """
=Apotheke am Markt
!Quittung über Zuzahlungen
!für Herrn Klaus Test
!IK 108018007
!01.11.26 Metformin 1000  5,00
!01.11.26 Simvastatin 20  5,00
=Summe 10,00 EUR
""",
    "a British dentist's band": """
=CITY DENTAL PRACTICE
=NHS
!NHS Band 2 treatment       75.30
!Patient: S Taylor
=Card                       75.30
""",
    "two British charges": """
=LLOYDSPHARMACY
=Station Approach
=NUROFEN 200MG 16S           3.29
!NHS RX X 2                 19.80
=TOTAL                      23.09
=CARD SALE                  23.09
""",
    "a Malaysian panel clinic": """
=POLIKLINIK MURNI
=NO 5 JALAN BESAR
!Patient : AHMAD BIN TEST
!Panel : PMCARE
!Diagnosis : URTI
!Consultation          RM 30.00
!Tab Paracetamol       RM 5.00
!Syr Dextromethorphan  RM 8.00
!MC 1 day
=TOTAL                 RM 43.00
""",
    "a Malaysian hospital": """
=PANTAI HOSPITAL
=TAX INVOICE
!NAMA : SITI BINTI TEST
!MRN : P00112233
!WARD CHARGES            450.00
!PHARMACY                120.50
!X-RAY                    80.00
!DOCTOR FEE              200.00
=JUMLAH                  850.50
""",
    "a faded label": """
=MED S PHARM CY
!RX# 50 122
!W LLIAMS, T
!TAKE 1 T BLET BY M UTH DA LY
!PRAVAST TIN 40MG
!DR. JON S
!QTY 30 REF LLS 1
""",
    "a label without spaces": """
=SMITHDRUGSTORE
!RX#772211DR.BAKER
!WILSON,TOMMY
!TAKE1CAPSULEBYMOUTHTWICEDAILY
!CEPHALEXIN500MGCAPSULE
!QTY:20REFILLS:0
!COPAY$5.00
""",
    "a pharmacy within a supermarket's receipt": """
=HY-VEE
=4500 UNIVERSITY AVE
=DES MOINES IA 50311
=515-555-0150
=Cashier: Tina   Lane 4
=HV 2% MILK GAL           3.19
=ROMA TOMATO 1.2LB        1.79
=----------------------------
!HY-VEE PHARMACY
!Margaret Holloway
!RX 7483920
!LISINOPRIL 10MG TABLET
!QTY 30  DAYS 30  REFILLS 3
!PRESCRIBER: PATEL, R
!INS: BLUE CROSS  ID XEA448122
!COPAY                   12.50
=----------------------------
=SUBTOTAL                17.48
=TAX                      0.00
=TOTAL                   17.48
=VISA                    17.48
=11/21/2026 16:20
""",
    "a pharmacy's phone and its sales": """
=Albertsons
=Store 0456  Dir Lena Ortiz
=GROCERY
=LUCERNE BUTTER           4.99 S
=PHARMACY PHONE 208-555-0110
!PHARMACY
!RX 2201987-0             20.00
!RX 2201988-0              5.00
=TAX                      0.00
=**** BALANCE            29.99
=Your points today 30
""",
    "quantities before drugs": """
=DISCOUNT DRUG MART
=Medina OH 44256
!30 AMLODIPINE BESYLATE 5MG     9.00
!#884512 DR SINGH
!60 GABAPENTIN 100MG CAP       11.00
!#884513 DR SINGH
=KLEENEX 3PK                    5.49
=TOTAL                         25.49
""",
    "a price above its number": """
=MEDICAP PHARMACY
=100 Main, Perry IA
!NEW RX                    14.75
!0455122
!AZITHROMYCIN 250MG
!SMITH, LEO
=CANDY BAR                  1.25
=TOTAL                     16.00
""",
    "a till's prefixes": """
=BIG Y
=ORANGES BAG               4.99
!PH RX# 000445512 TIER 2   25.00
!PH INSUR PD               98.12
=YOGURT                    1.00
=TOTAL                    30.99
""",
    "a savings card's ids": """
=MEIJER PHARMACY
!LANTUS SOLOSTAR 100U/ML 15ML
!RX 4455667   35.00
!SAVINGS CARD BIN 600426 PCN 54 GRP ECLANT1 ID 09112233
=GATORADE                  1.99
=TOTAL                    36.99
""",
    "a summary of what was picked up": """
=CVS Pharmacy
=Pickup summary
!Patient: Allison Grant
!1 of 2  Rx 0445511  Sertraline 100mg  $0.00
!2 of 2  Rx 0445512  Trazodone 50mg   $4.00
!Next refill available 12/15/2026
 Amount paid  $4.00
""",
    "an order's e-mail": """
=Walgreens order confirmation
=Order placed November 3, 2026
!Prescription #  1234567-11223
!Medication  Jardiance 25 mg tablets
!Quantity  90
!Prescriber  Elena Cruz, MD
!Ship to  Victor Hale, 12 Pond Rd, Troy NY 12180
=Payment  Visa ending 4242
=Total  $105.00
""",
    "an insurance's card": """
 UnitedHealthcare
!Member ID: 912345678-00
!Group Number: 705123
!Member: JORDAN BLAKE
!Dependents
!PCP: DR. ROSS
!Copays: Office $25 ER $150
!Rx Bin: 610279
!Rx PCN: 9999
!Rx Grp: UHEALTH
""",
    "a British label with advice": """
=PAYDENS PHARMACY 01622 555000
=3 High St Maidstone
!Mr Tomas Specimen                 03/11/26
!21 Amoxicillin 500mg capsules
!Take ONE capsule THREE times a day
!Space the doses evenly through the day.
!Keep taking until the course is finished
!unless told to stop.
""",
    "a German private sale": """
=Adler Apotheke Inh. P. Vogel
=Rathausplatz 4, 90403 Nürnberg
!Herr Jonas Beispiel
!Sertralin 50mg FTA N3    34,20
!PZN 03345678  Privatrezept
!verordnet: Dr. Lang
=Lutschtabletten           6,95
=Gesamt                   41,15
=ec-cash                  41,15
""",
    "a small Malaysian clinic": """
=KLINIK KELUARGA SDN BHD
=LOT 4 JALAN KIARA
=RESIT RASMI NO 1123
=TARIKH 2/11/2026
!NAMA LEE MEI
!RAWATAN & UBAT          60.00
=JUMLAH                  60.00
""",
    "a till that names the customer below the sum": """
=Sonnen-Apotheke
=Lindenweg 12
=01067 Dresden
=Tel. 0351 555012
=Datum 02.09.2026 Bon 881
!TORASEMID 10MG N2    6,20
!Zuzahlung            5,00
=HANDCREME 75ML       3,49
=KAMILLENTEE 20ST     2,19
=PFLASTER 10ST        1,99
=SUMME EUR           12,67
!Kunde: Beispiel, Agnes   geb. 07.08.1951
=girocard ####4411
""",
    "a medicine's name broken off before its form and price": """
=Hollins Chemist
=5 Castle Square
=Swansea SA1 1DW
=Tel 01792 550123
=21/05/2024 09:40
=COTTON WOOL 80G   £1.49
=HAND GEL          £2.00
!28 Duloxetine 60mg gastro-resistant
!capsules          £9.90
=TOTAL            £13.39
=VISA DEBIT ...1234
""",
    "refills and the day they end on one line": """
=HILLTOP DRUG
=Store 12
=SUBTOTAL 5.00
=TOTAL 5.00
=VISA ****1234
!RX 4432211
!AMLODIPINE 5MG TAB
!REF: NR   EXP: 09/2027
""",
    "a British label that begins with how many": """
!60 Budesonide easyhaler inhaler
!Inhale ONE puff twice a day
!Mr Otto Muster      12 Nov 2026
!Keep out of the reach and sight of children
 Hollins Chemist, 5 Castle Square
""",
    "a bag's label whose left edge is lost": """
=Elmwood Drugs
=77 Poplar Street
=TISSUES 6PK             7.49
=TOTAL                   7.49
=DEBIT                   7.49
=AUTH 550011
!USTER, AGNES
!B 02/26/1961
!17 LINDEN TER APT 3
!RIE, PA 16501
!14)555-0123
!X 5500871 1 of 2
!IPROFLOXACIN 500MG
!X A6100233 2 of 2
!ORAZEPAM TABLET 1MG
!ICKUP 05/29  $35.00
""",
    "a vaccine and what giving it costs": """
=ELMWOOD DRUGS
=77 Poplar Street
!BOOSTRIX 0.5ML DOSE 1    0.00
!VACC ADM 90472          25.00
=SUBTOTAL                25.00
=TOTAL                   25.00
=VISA                    25.00
""",
}
