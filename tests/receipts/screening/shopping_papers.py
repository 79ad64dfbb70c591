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
}
