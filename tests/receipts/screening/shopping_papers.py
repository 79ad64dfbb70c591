"""Receipts of shopping that use the words of prescriptions for something else."""

PAPERS = {
    "drugs without a prescription": """
=CVS/pharmacy
=1 MAIN STREET, SPRINGFIELD, IL 62701
=ASPIRIN 325MG 100CT       7.99
=TYLENOL EXTRA STR 24CT    6.49
=IBUPROFEN 200MG TAB       8.99
=TOTAL                    23.47
""",
    "a pharmacy's hours and offers": """
=RITE AID
=PHARMACY: 717-555-0100
=PHARMACY HOURS MON-FRI 9-9
=SHAMPOO                   4.99
=TOTAL                     4.99
=Transfer your prescriptions and get a $25 card!
=Refill your prescriptions on our app
=Ask your pharmacist about a flu shot today
""",
    "a shop with Rx in its name": """
=HEALTHY RX
=VITAMIN SHOP
=VITAMIN D3 2000 IU 90CT   9.99
=PROBIOTIC 30 DAY SUPPLY  19.99
=TOTAL                    29.98
""",
    "things that are filled again": """
=DINER
=FREE REFILL COFFEE        2.50
=SODA REFILL               0.99
=PEN REFILLS 2PK           4.99
=SOAP REFILL 50OZ          6.99
=TOTAL                    15.47
""",
    "a doctor of lemonade and streets": """
=STORE
=123 MARTIN LUTHER KING DR
=DR PEPPER 12PK            6.99
=DR BROWN'S CREAM SODA     1.99
=DR SCHOLLS INSOLES       11.99
=TOTAL                    20.97
""",
    "bins and groups": """
=HOME DEPOT
=STORAGE BIN 18GAL         9.98
=BIN 123456 TOTE           5.98
=GROUP: SALADS             4.00
=GROUP DISCOUNT            -1.00
=TOTAL                    18.96
""",
    "a sentence of patience": """
=CAFE
=Please be patient with our staff
=Thank you for your patience
=LATTE                     4.50
=TOTAL                     4.50
""",
    "a coupon that leaves prescriptions out": """
=CVS
=GUM                       1.99
=$5 OFF $25 NON RX PURCHASE
=Excludes prescriptions, alcohol and gift cards
=TOTAL                     1.99
""",
    "FSA goods": """
=WALGREENS
=BANDAGES 40CT      FSA    5.99
=THERMOMETER        FSA   12.99
=TOTAL                    18.98
=FSA/HSA ELIGIBLE TOTAL   18.98
""",
    "graphics cards and cars": """
=COMPUTERS
=RADEON RX 7900 XTX      899.99
=RX 580 8GB GPU          199.99
=TOTAL                  1099.98
""",
    "a member of a warehouse": """
=COSTCO WHOLESALE
=Member 111222333444
=MEMBER ID: 111222333444
=MILK                      3.99
=TOTAL                     3.99
""",
    "a survey": """
=Tell us about your visit
=Visit survey.example.com
=Was our pharmacist friendly?
=CHIPS                     1.99
=TOTAL                     1.99
""",
    "a German drug store": """
=dm-drogerie markt
=Zahncreme                 0,95
=Rezeptheft Backen         2,95
=Pflaster                  1,45
=SUMME                     5,35
""",
    "a street with a hospital": """
=RESTORAN ALI
=12 JALAN HOSPITAL
=NASI LEMAK                6.00
=UBAT NYAMUK               5.50
=UBAT GIGI                 4.00
=JUMLAH                   15.50
""",
    "an age that was checked": """
=LIQUOR BARN
=VODKA                    19.99
=DOB 01/01/1980 VERIFIED
=TOTAL                    19.99
""",
    "an invoice with quantities": """
=SENG HARDWARE
=Qty Description    Price  Amount
=30 EA BOLT M8       0.50   15.00
=20 PCS CAP 1/2      1.00   20.00
=TOTAL                      35.00
""",
    "all that a pharmacy sells without a prescription": """
=WALGREENS PHARMACY
=100 OAK AVE
=THERAFLU NIGHT          8.99
=BINAXNOW COVID TEST    23.99
=PREGNANCY TEST 2CT     12.99
=CONTACT LENS SOLN 12OZ  9.49
=EYE DROPS               6.49
=BLOOD PRESSURE MONITOR 49.99
=GLUCOSE TEST STRIPS    19.99
=CLARITIN 10MG TAB 30CT 19.99
=MUCINEX DM 600MG       14.99
=FLONASE SENSIMIST      18.99
=DENTAL FLOSS            3.99
=EXAM GLOVES 100CT      12.99
=NEXIUM 24HR 14CT       11.99
=SUBTOTAL              213.00
=TOTAL                 213.00
=Pharmacy open 24 hours. Refill by scan!
=Get your flu shot today. Vaccines available.
=Save on prescriptions with myWalgreens
""",
    "wines from bins": """
=LIQUOR WORLD
=PENFOLDS BIN 407        79.99
=LINDEMANS BIN 45         6.99
=CROWN ROYAL 750         27.99
=BIN 555555 SHIRAZ        9.99
=TOTAL                  124.96
""",
    "treatments of a salon": """
=GLOW SALON & SPA
=FACIAL TREATMENT        80.00
=CONSULTATION            20.00
=MASSAGE THERAPY 60MIN   95.00
=DR JART CREAM           48.00
=TOTAL                  243.00
""",
    "a clinic for cars": """
=MIKE'S AUTO CLINIC
=Engine diagnosis        99.00
=Fuel injection service 129.00
=Visual exam             25.00
=Group: A  Plan: Gold
=TOTAL                  253.00
""",
    "a diet for pets": """
=PETCO
=HILLS PRESCR DIET I/D   32.99
=PRESCRIPTION DIET C/D   42.99
=FRONTLINE PLUS 3CT      44.99
=TOTAL                  120.97
""",
    "a restaurant in a pharmacy": """
=THE PHARMACY BURGER PARLOR
=731 McFerrin Ave
=Server: Amy   Table 12  Guests 4
=DOCTOR BURGER           12.00
=PHOSPHATE SODA REFILL    0.00
=KAISER ROLL              1.00
=TOTAL                   13.00
""",
    "a bar called clinic": """
=THE CLINIC BAR & GRILL
=22 Vine St
=MARGARITA               11.00
=SHOT TEQUILA             7.00
=TOTAL                   27.00
""",
    "a phone's plan": """
=VERIZON WIRELESS
=Plan: Unlimited Plus
=Group: family
=Member ID 778899
=PHONE CASE              29.99
=Insurance               14.00
=TOTAL                   43.99
""",
    "a pharmacy's phone": """
=SAFEWAY
=Pharmacy Dept 555-0100
=MAIN: (555) 555-0101  RX: (555) 555-0102
=STORE HOURS 6AM-12AM
=APPLES                  3.99
=TOTAL                   3.99
""",
    "a phone for refills": """
=Longs Drugs
=Rx 808-555-0133
=CANDY                   1.99
=TOTAL                   1.99
=Rx refills: call 1-800-555-0199
=Need a refill? Text REFILL to 12345
""",
    "a Malaysian drug store": """
=GUARDIAN HEALTH AND BEAUTY
=GST ID No: 000123456789
=PANADOL ACTIFAST 10S     8.90
=UPHAMOL 650MG 10S        4.50
=MINYAK KAYU PUTIH        6.00
=UBAT BATUK CAP IBU       7.50
=JUMLAH                  26.90
""",
    "a Malaysian pharmacy": """
=FARMASI AEON WELLNESS
=CLARITYNE 10MG 10S      22.50
=VITAMIN C 1000MG 30S    35.00
=TOTAL                   57.50
=Pharmacist: Ms Tan
""",
    "a German pharmacy without a prescription": """
=Markt-Apotheke
=Markt 1, 04109 Leipzig
=PZN 04114918
=Ibuprofen 400 akut 20St   5,49
=PZN 10714367
=Nasenspray ratiopharm     3,99
=Summe                     9,48
=Ihre Apotheke berät Sie gern. Fragen Sie Ihren Arzt oder Apotheker.
=Lösen Sie Ihr E-Rezept bei uns ein!
""",
    "a supply of supplements": """
=GNC
=MEGA MEN 30 DAY SUPPLY  24.99
=FISH OIL 1000MG 90 CAPS 19.99
=CREATINE 5G 60 SERVINGS 29.99
=TOTAL                   74.97
""",
    "a warehouse's own brand": """
=SAM'S CLUB
=MEMBER ID 101 1234567
=MEMBER'S MARK ALLERGY 400CT  12.98
=READING GLASSES          14.98
=TOTAL                    27.96
=Ask our pharmacist about immunizations
""",
    "stationery": """
=STAPLES
=INK REFILL KIT          12.99
=SCRIPT LIU PEN           4.99
=RX-100 LABEL TAPE        9.99
=PATIENT FILE FOLDERS    14.99
=TOTAL                   42.96
""",
    "what a drug store says of its pharmacy": """
=CVS/pharmacy
=GUM 1.99
=TOTAL 1.99
=ExtraBucks: earn $2 for every 10 prescriptions filled
=Pharmacy & Health Rewards 0 credits
=Join: ask pharmacy staff. HIPAA authorization required.
=25% off your entire purchase excludes prescriptions, alcohol, gift cards
""",
    "a dollar store": """
=DOLLAR GENERAL
=STORE# 1234
=DG HOME TRASH BAG      3.00
=NAIL FILE & BUFFER     1.00
=CRAYOLA CAPS 10CT      2.00
=TAB COLA 12PK          4.50
=TOTAL                 10.50
=Complete our survey, chance to win $100
""",
    "patches, caps and vials": """
=LOWE'S
=SALESPERSON: JOHN DOE
=BIN 8 GAL              4.00
=PATCH KIT DRYWALL      6.98
=CAPS PVC 1/2 IN        0.78
=VIAL LEVEL 9IN         5.48
=PEN LIGHT             12.00
=TOTAL                 29.24
""",
    "a deal of the day": """
=SUNRISE BAKERY
=REFILL MUG             1.50
=DOZEN ROLLS            6.00
=TAKE 1 DOZEN DAILY DEAL 5.00
=TOTAL                 12.50
""",
    "a group in a hotel": """
=GRAND HOTEL
=GUEST NAME: SMITH/JOHN
=GROUP CODE: ACME23
=ROOM                 159.00
=PLAN: BB
=TOTAL                159.00
""",
    "doctors in films": """
=CINEMA 12
=DR STRANGE 7:30
=DOCTOR SLEEP 9:10
=POPCORN REFILL         0.00
=TICKET ADULT          12.00
=TOTAL                 12.00
""",
    "a member of a gym": """
=ANYTIME FITNESS
=MEMBER ID: 88231
=MONTHLY PLAN           39.00
=PERSONAL TRAINING      60.00
=TOTAL                  99.00
""",
    "doctors' creams": """
=SEPHORA
=DR BRANDT SERUM        72.00
=FIRST AID BEAUTY       34.00
=THE ORDINARY NIACIN     6.00
=TOTAL                 112.00
""",
    "vitamins and herbs": """
=WHOLE EARTH
=VITAMIN C 500MG 90CT   12.00
=MELATONIN 3MG TAB      9.00
=ZINC 50MG CAPS         8.00
=PROTEIN BAR            2.99
=HERBAL MEDICINE TEA    5.00
=TOTAL                 36.99
""",
    "an injection cleaner": """
=SHELL
=PUMP 4  GALLONS 10.2
=FUEL INJECTION CLEANER 7.99
=DISPENSER 4
=TOTAL                 40.00
""",
    "a coupon for pets": """
=PETSMART
=PUPPY TRAINING CLASS  119.00
=FLEA SHAMPOO           9.99
=VET RX COUPON
=TOTAL                128.99
""",
    "a parcel with insurance": """
=THE UPS STORE
=SHIP TO: J SMITH
=44 OAK AVE, RENO NV 89501
=GROUND                 12.44
=INSURANCE               2.00
=TOTAL                  14.44
""",
    "a recipe of the day": """
=Gasthaus zum Arzt
=Rezept des Tages       9,50
=Apotheker Likör        3,50
=Gesamt                13,00
=Es bediente Sie Dr. Oetker
""",
    "a Malaysian drug store's medicine box": """
=WATSONS
=TIGER BALM OINTMENT   12.90
=ENO FRUIT SALT         8.00
=EYE MO DROPS           9.90
=MEDICINE BOX           5.90
=UBAT SAPU              6.90
=TOTAL                 43.60
=Talk to our pharmacist for free consultation
""",
    "frames for lenses": """
=SUNGLASS HUT
=RX READY FRAME       129.00
=LENS CLEANER           8.00
=TOTAL                137.00
""",
    "a drug store's photos": """
=CVS/pharmacy
=PHOTO PRINTS 4X6 24CT  7.92
=PASSPORT PHOTO        16.99
=TOTAL                 24.91
=Rx: 617-555-0100   Photo: 617-555-0101
=Pharmacist on duty: 24 hours
""",
    "points for prescriptions": """
=KROGER
=YOUR CASHIER WAS KIM
=KRO BREAD              1.50 B
=BALANCE                1.50
=Fuel points: earn 50 with every prescription
=Shop kroger.com/pharmacy
=Ask about our vaccine clinic!
""",
    "creams and gels of a drug store": """
=WALGREENS #1234
=7 ELM ST
=PHARMACY (217) 555-0101
=ZYRTEC 10MG 30CT       21.99
=VOLTAREN GEL 100G      15.49
=PRILOSEC OTC 42CT      24.99
=HYDROCORTISONE 1% CRM   6.99
=LIDOCAINE PATCH 5CT     9.99
=MELATONIN 5MG TAB      10.99
=SUBTOTAL               90.44
=TOTAL                  90.44
=RFN# 1234-5678-9012-3456
""",
    "a warehouse's medicines": """
=COSTCO WHOLESALE
=Member 111122223333
=E 987654 KS ALLERTEC    12.99
=E 112233 KS IBUPROFEN   11.49
=SUBTOTAL                24.48
=TOTAL                   24.48
=Items Sold: 2
""",
    "a drug store's advertising": """
=WALGREENS #1234
=7 ELM ST
=TOOTHPASTE              4.99
=PAPER TOWELS            6.49
=SUBTOTAL               11.48
=TOTAL                  11.48
=Pharmacist on duty until 9 PM. Flu shots: walk in today.
=Refill by app, phone or online. Ask your pharmacist.
""",
    "advertising in short lines": """
=WALGREENS PHARMACY
=TOOTHPASTE              4.99
=TOTAL                   4.99
=Pharmacist on duty until 9 PM.
=Flu shots: walk in today.
=Refill by app, phone or online.
=Ask your pharmacist.
""",
    "tests to take home, and a car": """
=WALGREENS PHARMACY
=RX-7 MODEL KIT         24.99
=COVID-19 ANTIGEN TEST  12.99
=PREGNANCY TEST          8.99
=7781234 DR PEPPER       2.49
=TOTAL                  49.46
=FSA ELIGIBLE TOTAL     21.98
""",
    "a model of a car": """
=HOBBY HUT
=RX-7 MODEL KIT         24.99
=TOTAL                  24.99
""",
    "a hospital's garage": """
=ST LUKE'S HOSPITAL GARAGE
=400 Harbor Blvd
=ENTRY 11/02/2026 9:14
=EXIT 11/02/2026 11:40
=PARKING FEE             8.00
=TOTAL                   8.00
""",
    "shopping that a health account may pay": """
=TARGET
=BANDAGES                5.00
=THERMOMETER             7.00
=SUBTOTAL               12.00
=TOTAL                  12.00
=FSA ELIGIBLE TOTAL 12.00
""",
    "a pharmacy that offers its services": """
=ELMWOOD DRUGS
=77 Poplar Street
=Tel (555) 555-0109
=COUGH DROPS 30CT        3.99
=TISSUES 6PK             7.49
=TOTAL                  11.48
=DEBIT                  11.48
=FSA TOTAL 3.99
=A pharmacist is on duty until midnight. Flu shots
=for all ages.
=Walk-ins: travel vaccines, blood pressure checks
""",
}
