"""More papers of pharmacies, doctors and insurances; see `prescription_papers`."""

PAPERS = {
    "two prescriptions on a long receipt": """
=        CVS/pharmacy
=     7300 PALM AVE
=  FT MYERS, FL 33901
=     239.555.0142
=REG#12 TRN#2233 CSHR#1000231 STR#5231
=Helped by: MARIA
=ExtraCare Card #: *********4455
=1 CVS COLD & FLU 20CT         9.79T
=  SAVED 2.00
!1 RX 1122334                 12.50
!1 RX 1122335                  0.00
=1 COKE ZERO 20OZ              2.39T
=4 ITEMS
=SUBTOTAL                     24.68
=FL 6.5% TAX                    .79
=TOTAL                        25.47
=VISA                         25.47
=************1234  CH
=APPROVED# 08812C   REF# 123456
=TRAN TYPE: SALE  AID: A0000000031010
!RX AMOUNT      12.50
!FSA RX         12.50
=Returns with receipt, subject to CVS Return Policy
=Thank you. Shop 24 hours at CVS.com
=    ExtraCare Card balances as of 11/03
=Pharmacy & Health ExtraBucks
=    3 of 10 prescriptions
""",
    "a summary with prices beside quantities": """
=         Walgreens
=   #07712 1200 W Lake St
=    Addison, IL 60101
=      630-555-0133
=207    7712  0042  11/02/2026 6:41 PM
!PRESCRIPTION SUMMARY
!RX 0712345-07712    PETERSON, L
!METOPROLOL SUCC ER 50MG TABS
!  QTY 90                     8.00
!RX 0712399-07712    PETERSON, L
!FLUTICASONE 50MCG NASAL SPR
!  QTY 16                    14.20
=ICE MOUNTAIN 24PK             4.49
=SUBTOTAL                     26.69
=TOTAL                        26.69
=DEBIT ACCT 1212
=AUTH CODE 001122
=THANK YOU FOR SHOPPING AT WALGREENS
""",
    "a pharmacy's section": """
=   KROGER #432
=  1014 VINE ST
=YOUR CASHIER WAS ROBIN
=KRO MILK 1GAL          2.99 B
=BANANAS 2.1 LB         1.24 B
!*** PHARMACY ***
!RX 7712345 COPAY      10.00 H
!PATIENT: NGUYEN T
=CHEERIOS               4.29 B
=TAX                    0.00
=**** BALANCE          18.52
""",
    "a slip with a person's address": """
=COSTCO PHARMACY #114
=1175 N 205TH ST
=SHORELINE WA 98133
=PH 206-555-0128
!BAKER, LINDA M
!1822 NE 180TH ST
!SHORELINE WA 98155
!Rx 114-665544       Date 11/05/26
!ESCITALOPRAM 10MG TAB (ACCORD)
!Qty 90  Refills 3  Days 90
!Dr OLSEN, PETER
!U&C 45.99   Plan PREMERA
!Amount Due  12.00
""",
    "a label without a copay": """
=MILLER'S DRUG STORE  Ph 515-555-0171
=101 Main - Ames IA 50010
!RX 204411     11/01/26  KJM
!HANSON, ERIC
!APPLY A THIN LAYER TO AFFECTED
!AREA TWICE DAILY FOR 14 DAYS
!TRIAMCINOLONE 0.1% CREAM 30GM
!DR. L. BURNS     NO REFILLS
!USE BEFORE 11/01/27
""",
    "a label that begins with a name": """
=WALMART PHARMACY 10-1234
=2400 S MAIN, MOAB UT 84532
!GARCIA, ROSA
!6612234
!INHALE 2 PUFFS BY MOUTH EVERY 4 TO 6
!HOURS AS NEEDED FOR WHEEZING
!ALBUTEROL HFA 90 MCG INHALER
!QTY 8.5   REFILL 1 BY 10/2027
!PRESCRIBER T. WHITE PA-C
""",
    "a mail order's invoice": """
=OptumRx Home Delivery
=PO Box 2975, Mission, KS 66201
!Member name: CHEN, WEI
!Member ID: 900112233
 Order number 556677889
!Prescription   Drug name             Qty   Your cost
!R10022334      JARDIANCE 10MG TAB     90     105.00
!R10022335      EZETIMIBE 10MG TAB     90      15.00
!Plan pays                                   1,402.11
=Total due                                    120.00
""",
    "a British bag's label": """
=Boots  45 The Parade, Watford WD17 1LN
=Tel 01923 555012
!Mr A. Specimen
!14 Rose Close WD18 0AA
!56 Metformin 500mg tablets
!Take ONE tablet TWICE a day with or after
!meals
!Warning: Follow the printed instructions
!05/11/26
""",
    "a British repeat slip": """
=The Park Surgery
=1 Park Rd, Leeds LS8 1AB
!Repeat Prescription  Mrs J Specimen
!DOB 04/06/1952  NHS No 943 476 5919
!Amlodipine 5mg tablets   28 tablets   take one daily
!Simvastatin 20mg tablets  28 tablets  one at night
!Review date 01/03/2027
""",
    "German co-payments among shopping": """
=Linden-Apotheke e.K.
=Inh. Apothekerin K. Sommer
=Lindenallee 14 - 22303 Hamburg
=Tel. 040 555 0199
=Datum: 03.11.2026   10:22
=Bon 4471  Kasse 2
=Aspirin plus C 20 St        9,95 A
!Rezept 1   Fr. Musterfrau
!Pantoprazol 40mg 100St     10,00 *
!  Zuzahlung
!Ibuprofen 600mg 50St        5,00 *
!  Zuzahlung
=Summe EUR                  24,95
=EC-Karte                   24,95
=MwSt 19%                    1,59
=Es bediente Sie: Frau Petersen
=Gute Besserung!
""",
    "a German doctor's bill": """
=Dr. med. Hans Beispiel
=Facharzt für Innere Medizin
=Ringstr. 7, 50667 Köln
!Rechnung für: Max Mustermann, geb. 12.04.1970
!Diagnose: J20.9
!GOÄ 1   Beratung                10,72
!GOÄ 5   Symptombez. Untersuchung 10,72
!GOÄ 650 EKG                     15,95
=Gesamtbetrag                   37,39
""",
    "a Malaysian clinic's receipt": """
=KLINIK DR. LIM & RAKAN
=23, JALAN SS2/24, 47300 PJ
=TEL: 03-7955 0123
=RECEIPT NO: 00231   DATE: 03/11/2026
!PATIENT: TAN AH KOW
!IC: 700101-10-5555
!CONSULTATION            35.00
!MEDICINE                28.00
!INJECTION               20.00
=TOTAL                   83.00
=CASH                    83.00
""",
    "a hospital's bill": """
=ST. MARY MEDICAL CENTER
=500 Hospital Way, Reno NV 89502
!Patient: DOE, JOHN A     MRN: 00123456
!Account: 9988776655
!Date of service 10/14/2026
!ER VISIT LEVEL 3               1,250.00
!CT HEAD W/O CONTRAST           2,100.00
!LAB CBC                           85.00
!Insurance payment (AETNA PPO) -2,700.00
!Patient balance                  735.00
""",
    "an animal hospital's invoice": """
=ALL PAWS ANIMAL HOSPITAL
=77 Kennel Rd, Tulsa OK 74101
=918-555-0166
!Owner: SMITH, KAREN   Pet: BELLA
!Exam - annual               62.00
!DHPP vaccine                28.00
!Heartworm test              39.00
!Carprofen 75mg #30          41.25
=Total                      170.25
=Mastercard                 170.25
""",
    "an optometrist's bill": """
=CLEARVIEW OPTOMETRY
=300 Broad St, Macon GA
!Patient: LEE, ANNA
!92014 Comprehensive eye exam   110.00
!92310 Contact lens fitting      60.00
!Vision plan VSP                -85.00
=Total due                       85.00
""",
    "an urgent care's card slip": """
=FASTMED URGENT CARE
=9001 Airport Blvd
=Date 11/04/26  Time 14:22
=VISA ****4412
!COPAY              50.00
=TOTAL              50.00
=APPROVED
""",
    "a year's prescriptions": """
=BARTELL DRUGS PHARMACY
!Prescription history for
!MURPHY, COLIN  DOB 02/11/1980
!01/01/2026 - 12/31/2026
!Fill date  Rx       Drug                 Paid
!01/14/26   550011   BUPROPION XL 300     10.00
!02/13/26   550011   BUPROPION XL 300     10.00
!03/14/26   550011   BUPROPION XL 300     10.00
!05/02/26   557722   CEPHALEXIN 500MG      6.20
=Total                                    36.20
""",
    "three prescriptions in a row": """
=HARRIS TEETER
=2201 W 4th St
=VIC CARD 4000011111
!RX# 60011223  PHRM         5.00
!RX# 60011224  PHRM        15.00
!RX# 60011225  PHRM         0.00
=HT SPRING WATER           3.99
=ROTISS CHICKEN            7.99
=TOTAL                    31.98
""",
    "a discount card's ids": """
=HEB PHARMACY
!TRAMADOL 50MG TABLET
!CASH PRICE 48.20
!GOODRX DISCOUNT -36.00
!BIN 015995 PCN GDC GRP DR33 ID GDX998877
!AMOUNT PAID 12.20
=GATORADE 28OZ             2.19
=TOTAL                    14.39
""",
    "a packing slip": """
=ACCREDO SPECIALTY
!Ship To: DIAZ, MARCO
!4410 Bay Ct, Tampa FL 33611
!Rx 33221144 HUMIRA PEN 40MG/0.4ML
!Qty 2   Day supply 28
!Prescriber: SHAH, R
 Pharmacist on call 24 hours
""",
    "an insurance's explanation of benefits": """
=BlueCross BlueShield
!Explanation of Benefits
!Member: KLEIN, SARA    ID: XYZ900123456
!Group: 00451-0001
!Provider: NORTH ORTHOPEDICS
!Date of service 09/09/2026
!Amount billed     420.00
!Plan discount     120.00
!Plan paid         240.00
!You may owe        60.00
""",
    "two numbers on a line": """
=RITE AID #4410
=Date 11/06/2026 09:14
=SALE
!Rx: 0441012   Rx: 0441013
!Patient accepts counseling: N
!Signature on file
!Copay total           18.00
=CASH                  20.00
=CHANGE                 2.00
""",
    "two columns with values below": """
=PHARMACY PLUS
=Elkhart IN
!Rx No.        Patient
!771234        SMITH, J
!Drug          Strength
!CLONAZEPAM    0.5 MG
!Prescriber    DEA
!JONES MD      BJ1234567
!Copay         Refills
!7.00          0
""",
    "a number below its price": """
=PUBLIX SUPER MARKETS
=1900 S OCEAN DR
=HALLANDALE FL 33009
=PUB SANDWICH BAG      1.59 T
!PHARMACY RX           7.50
!  RX# 1234876 AMOX/CLAV 875
=BONELESS BREAST      11.02 F
=Order Total          20.11
=Grand Total          20.22
""",
    "vaccinations cut short": """
=WINN DIXIE
=BREAD              2.49
!VACC FLU HIGH DOSE  0.00
!VACC COVID19       0.00
!ADMIN FEE          0.00
=TOTAL              2.49
""",
    "insulins": """
=MARC'S
=PEANUTS             3.49
!NOVOLOG FLEXPEN 100U/ML   35.00
!LANTUS SOLOSTAR           35.00
!PEN NEEDLES RX 4411223
=TOTAL              73.49
""",
    "names of eight letters": """
=TOPS MARKETS
=TOPS 2% MILK        3.29
!LISINOPR 10MG        3.00
!SERTRALI 50MG        5.00
!AMOXICIL 875MG      10.00
=TOTAL              21.29
""",
    "a Spanish label with abbreviations": """
=NAVARRO DISCOUNT PHARMACY
=Miami FL 33125
!Rx# 455667
!Paciente: PEREZ, ANA
!TOME 1 CAPSULA POR LA BOCA DOS VECES AL DIA
!CLINDAMICINA 300MG
!CANTIDAD: 20   RESURTIDOS: 0
!Dr: LOPEZ
""",
    "a patient's address on a till's receipt": """
=THE MEDICINE SHOPPE
=44 Court St, Utica NY
=11/04/2026 12:10
!ANDERSON, KAY
!21 HAWTHORNE AVE
!UTICA NY 13502
!Rx 332211  N  TOPIRAMATE 25MG   8.00
!Rx 332212  R  PROPRANOLOL 40MG  6.00
=Total 14.00
=Check 14.00
""",
}
