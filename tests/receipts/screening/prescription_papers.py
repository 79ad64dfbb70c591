"""Receipts, labels, leaflets and bills as pharmacies and doctors print them.

Made up: no such person, prescription or insurance exists. See `papers` for the first
letter of each line.
"""

PAPERS = {
    "a drug store's receipt with a prescription among shopping": """
=CVS/pharmacy
=1 MAIN STREET, SPRINGFIELD, IL 62701
=(217) 555-0134
=REG#03 TRN#4410 CSHR#0000077 STR#1234
=1 GUM SPEARMINT           1.99T
!RX 0123456 00            10.00N
!  YOUR INSURANCE SAVED YOU 85.23
=1 PAPER TOWELS            6.49T
=3 ITEMS
=SUBTOTAL                 18.48
=TOTAL                    19.01
=CHARGE                   19.01
=APPROVED# 12345Z
=NOVEMBER 20, 2026   3:02 PM
""",
    "a receipt with patient, drug and doctor below the number": """
=WALGREENS
=#04512 100 OAK AVE
=DAYTON, OH 45402
=937-555-0145
=288 4512 0023 11/20/2026 2:15 PM
!RX# 1234567-04512        15.00
!DOE, JOHN
!ATORVASTATIN 20MG TAB
!DR. A. SMITH
!RETAIL PRICE 119.99
!YOUR INSURANCE SAVED YOU 104.99
=MILK 2% GAL              3.99
=BREAD WHEAT              2.50
=SUBTOTAL                 21.49
=TOTAL                    21.49
=CASH                     40.00
=CHANGE                   18.51
""",
    "a drug above its number": """
=HOMETOWN DRUG
=12 Elm St
=Mayfield, KY 42066
=270-555-0111
!LISINOPRIL 10MG TAB       4.00
!  RX: 6601234  QTY 30
=Toothbrush               2.49
=Total                    6.49
""",
    "one line of a supermarket": """
=KROGER
=200 RIVER RD
=YOUR CASHIER WAS CHEC 512
=BANANAS                   0.89 B
!RX 6123456 PC            10.00 F
=EGGS LARGE 12CT           2.79 B
=BALANCE                  13.68
=DEBIT                    13.68
""",
    "a discounter's line with the number glued": """
=Walmart
=Save money. Live better.
=555-555-0199 Mgr. PAT LEE
=ST# 01234 OP# 009042 TE# 42 TR# 04417
!RX7654321      PHARMACY   4.00 X
=GV WATER 24PK             3.98 N
=SUBTOTAL                  7.98
=TOTAL                     7.98
""",
    "a warehouse": """
=COSTCO
=WHOLESALE
=Southgate #123
=E 1234567 ROTISSERIE      4.99
!   RX 0198765             12.34
=SUBTOTAL                 17.33
=**** TOTAL               17.33
""",
    "a copay without a number": """
=Corner Store
=Bread                     2.00
!COPAY                    10.00
=TOTAL                    12.00
""",
    "a department's line": """
=MEIJER
=GROCERY
=MILK                      2.99
!PHARMACY                 25.00
=TOTAL                    27.99
""",
    "the word in full with a price": """
=PUBLIX
=Publix at Lakeside
=PBX WATER                 2.00
!PRESCRIPTION             12.00
=Order Total              14.00
=Cash                     20.00
""",
    "refills and days of supply in one line": """
=Main St Apothecary
=Dayton OH 45402
!RX 445566 METFORMIN ER 500 MG
!QTY 60   DAYS SUPPLY 30   REFILLS 3
!COPAY                     5.00
=Cough drops               1.99
=Total                     6.99
""",
    "an injection that everybody knows": """
=TARGET
=Minneapolis, MN
!OZEMPIC 2MG/3ML PEN      24.99
!RX 8812345 PATIENT PAYS
=T-shirt                  12.00
=TOTAL                    36.99
""",
    "a bottle's label": """
=CENTRAL PHARMACY
=45 MARKET ST, ALBANY, NY 12207
=(518) 555-0177
!RX# 4471102      DR. WONG, L
!JANE Q SAMPLE
!77 HILLCREST DR
!ALBANY, NY 12208
!TAKE 1 TABLET BY MOUTH TWICE DAILY
!WITH FOOD
!AMLODIPINE BESYLATE 5 MG TAB
!MFR: LUPIN
!QTY: 60      REFILLS: 2
!DATE FILLED 10/12/2026
!DISCARD AFTER 10/12/2027
!CAUTION: FEDERAL LAW PROHIBITS THE TRANSFER OF
!THIS DRUG TO ANY PERSON OTHER THAN THE PATIENT
""",
    "a label with its words in one column and values in another": """
=RITE AID PHARMACY
=9 LAKE RD, ERIE, PA 16501
!Rx Number          0034567
!Patient            ROE, RICHARD
!Date of Birth      02/14/1951
!Prescriber         GREENE, MARTHA MD
!Drug               GABAPENTIN 300MG CAPS
!Quantity           90
!Days Supply        30
!Refills            1
!Copay              $8.50
""",
    "a label with values below its words": """
=VALLEY PHARMACY
=Fresno, CA 93701
!Patient Name
!MARIA EXEMPLAR
!Date of Birth
!07/04/1948
!Prescription Number
!778812
!Prescribed by
!A. KHAN
!Medication
!WARFARIN SODIUM 5MG
!Directions
!TAKE ONE TABLET DAILY AT 5 PM
""",
    "two columns of a label": """
=LAKESIDE PHARMACY
=1 Lake Blvd, Madison, WI 53703
!Rx: 5512340          Date filled: 09/30/2026
!Pt: SAMPLE, TOM      DOB: 05/05/1966
!Dr: OKAFOR, N        Refills: 0
!SERTRALINE HCL 50MG  Qty: 30
!1 tab daily          Ins: MEDICARE D
!You pay: $3.00       Ins. paid: $22.40
""",
    "a table of prescriptions": """
=HEALTHMART PHARMACY
 Patient expense report
!Patient: ANN EXAMPLE   DOB: 01/20/1960
!Date      Rx#      Drug              Qty  Days  Copay
!01/03/26  5500123  LOSARTAN 50MG      30   30   10.00
!02/02/26  5500123  LOSARTAN 50MG      30   30   10.00
!02/14/26  5500990  AZITHROMYCIN        6    5    4.12
=Total                                       24.12
""",
    "insurance below a sale": """
=FAMILY PHARMACY
=3 Pine St
=Lotion                   7.99
!RX COPAY                 5.00
!PLAN: AETNA
!BIN 610502  PCN MEDDAET  GRP RXAETD
!ID W123456789
=TOTAL                   12.99
""",
    "an insurance's ids alone": """
=Greenfield Market
 Receipt for plan member
!RxBIN 004336
!RxPCN ADV
!RxGRP RX8801
!Member ID 880123456 01
=Apples                   3.00
""",
    "counselling that was declined, and a signature": """
=CITY DRUG
 Rx pickup
!RX 900123
!Pharmacist counseling declined
!I have received the Notice of Privacy Practices
=TOTAL                    0.00
""",
    "a mail order's statement": """
=EXPRESS MAIL PHARMACY
=PO BOX 100, ST LOUIS, MO 63101
!Ship to: SAM SPECIMEN
!99 WILLOW WAY
!RENO, NV 89501
!Prescription number: 30044551200
!ROSUVASTATIN TAB 10MG   90 day supply
!NDC 00310-0751-90
!Plan paid                 $60.10
!Your cost                 $15.00
""",
    "a leaflet": """
=OAK PHARMACY
!PATIENT INFORMATION LEAFLET
!GENERIC NAME: PREDNISONE
!COMMON USES: This medication is used to treat
!many conditions such as arthritis.
!HOW TO TAKE: Take with food. Do not stop
!taking this medication suddenly.
!SIDE EFFECTS: upset stomach, sleep changes
!may occur. Call your doctor if they last.
!DRUG INTERACTIONS: tell your doctor of all
!other products you use.
""",
    "letters that were misread": """
=CVS
=1 MA1N ST
!RX# O12345b   10.OO
!REF1LLS: 2   QTY 3O TAB
!PAT1ENT: D0E, J0HN
=MI1K   3.99
=T0TAL  13.99
""",
    "words that were torn and glued": """
=SOUTH PHARMACY
!PRESCRIP TION NO 884412
!PatientName:JANEDOE
!DAYSSUPPLY30 REFILLSREMAINING2
!PRESCRIBEDBY DRLEE
=SUBTOTAL   9.00
""",
    "a half-read label": """
=N RTH PHARM CY
!x# 33451 Refi ls 2
!OE, JAN
!TAKE 1 TABL T BY MOU H DAI Y
!LEVOTHYROX NE 50 MCG
!Qty 30 TAB
""",
    "a vaccination": """
=MARKET PHARMACY
=4 Bay St
!FLU SHOT ADULT           39.99
=CHIPS                     2.99
=TOTAL                    42.98
""",
    "a vaccination with its number": """
=SAFEWAY
=Store 1234
!IMMUNIZATION ADMIN FEE   20.00
!SHINGRIX 50MCG VIAL     180.00
!RX 7001234
=TOTAL                   200.00
""",
    "a doctor's bill": """
=RIVERSIDE FAMILY PRACTICE
=10 River Dr, Boise, ID 83702
=208-555-0166
!Patient: WILL TESTER       DOB 03/03/1977
!Provider: HART, JOAN MD
!Diagnosis: J06.9
!99213 Office visit               120.00
!87880 Rapid strep test            35.00
!Insurance adjustment             -40.00
!Copay                             25.00
""",
    "a dentist's bill": """
=SMILE DENTAL CLINIC
=22 High St
!Oral exam                  60.00
!Dental cleaning            85.00
!Composite filling         140.00
=Total                     285.00
=Visa                      285.00
""",
    "a clinic at a drug store": """
=MINUTECLINIC
=1 MAIN STREET
!OFFICE VISIT COPAY        30.00
=TOTAL                     30.00
""",
    "a chemist's NHS charge": """
=BOOTS
=12 High Street, Leeds
=Shampoo                   3.50
!NHS PRESCRIPTION CHARGE    9.90
=TOTAL                    13.40
=CARD                     13.40
""",
    "a British label": """
=WELL PHARMACY
=8 Station Rd, York YO1 7HH
!28 RAMIPRIL 5MG CAPSULES
!ONE to be taken ONCE a day
!Swallow whole with water
!Mrs E Example      12 Nov 2026
!Keep out of the reach and sight of children
""",
    "a British private prescription": """
=DAY LEWIS CHEMIST
!Private prescription      22.50
!Doxycycline 100mg caps
=Plasters                  2.10
=Total                    24.60
""",
    "a German co-payment": """
=LÖWEN-APOTHEKE
=Marktplatz 3
=50667 Köln
=Tel. 0221 555010
=Nasenspray               4,95
!RAMIPRIL 5MG TAB N3  PZN 01234567
!gesetzl. Zuzahlung       5,00
=Summe                    9,95
=gegeben bar             10,00
""",
    "a German private prescription": """
=Stadt-Apotheke
=Hauptstr. 1
=80331 München
!Privatrezept
!für Erika Muster, geb. 01.02.1950
!Metoprolol 47,5 mg Retardtabletten  21,47
!Arzt: Dr. Beispiel
=Gesamtbetrag  21,47 EUR
=MwSt 19%  3,43
""",
    "a German health insurance": """
=Rosen Apotheke
 Rezept
!Krankenkasse: AOK Bayern
!Versicherten-Nr. A123456780
!Zuzahlung  5,00
=Hustenbonbons  2,95
=Summe 7,95
""",
    "a Malaysian clinic": """
=KLINIK SEJAHTERA
=12 Jalan Merdeka, 50000 Kuala Lumpur
=Tel: 03-5550 1234
!Nama pesakit: SITI CONTOH
!Konsultasi                35.00
!Ubat                      40.00
!Suntikan                  25.00
=Jumlah                   100.00
=Tunai                    100.00
""",
    "a Malaysian label": """
=FARMASI MURNI
=No 3 Jalan Besar, Ipoh
!Nama: ALI CONTOH    Tarikh: 01/11/2026
!AMOXICILLIN 500MG
!1 biji, 3 kali sehari
!Selepas makan
!Habiskan ubat ini
""",
    "a Spanish label of the United States": """
=FARMACIA DEL SOL
=8 Calle Sol, Laredo, TX 78040
!Receta No. 551234
!Paciente: JUAN EJEMPLO
!TOME UNA TABLETA POR LA BOCA CADA 12 HORAS
!NAPROXEN 500 MG
!Resurtidos: 2
""",
    "health savings that tell of a prescription": """
=GIANT
=Soap                      2.00
!HEALTHCARE RX             12.00
!FSA RX TOTAL              12.00
=TOTAL                     14.00
""",
    "a pet's prescription": """
=OAKWOOD VETERINARY CLINIC
=5 Farm Ln
!Patient: REX
!Rabies vaccine            25.00
!Apoquel 16mg tabs         60.00
=Total                     85.00
""",
    "a product's code alone": """
=SUNRISE PHARMACY
!00093-7180-56 BUPROPION XL 150  15.00
=Tissue                     1.50
=TOTAL                     16.50
""",
    "a name that tills cut short": """
=SHOPRITE
=PASTA                     1.29
!ATORVAST 40MG TA         10.00
!RX 2201345
=TOTAL                    11.29
""",
}
