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
}
