"""Fictional shops of every kind that a panel meets, and what they sell.

Only the operator's own store bears a real name: it stands in the default rules.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Shop:
    """`goods`: (description, price) pairs. `tax`: a share of the subtotal.

    `style` is how its paper looks: till, table (a restaurant's check), ticket or
    order (an online shop's page).
    """

    key: str
    name: str
    street: str
    city: str
    phone: str
    goods: tuple[tuple[str, str], ...]
    style: str = "till"
    tax: Decimal = Decimal("0.0725")
    extra: tuple[str, ...] = ()


SHOPS: dict[str, Shop] = {
    shop.key: shop
    for shop in (
        Shop(
            "supermarket",
            "FERNHILL MARKET",
            "12 Harbor Street",
            "Millbrook, NY 12545",
            "(555) 201-4410",
            (
                ("ROLLED OATS 18OZ", "3.49"),
                ("BANANAS", "2.12"),
                ("WHOLE MILK GAL", "4.29"),
                ("CHEDDAR SHARP", "5.79"),
                ("SOURDOUGH LOAF", "4.50"),
                ("OLIVE OIL 500ML", "9.99"),
                ("BABY SPINACH", "3.99"),
                ("CHICKEN THIGHS", "8.64"),
                ("TOMATO PASSATA", "2.79"),
                ("COFFEE BEANS", "11.49"),
                ("SPARKLING WATER", "5.25"),
                ("FREE RANGE EGGS", "4.89"),
            ),
        ),
        Shop(
            "grocer",
            "OAK & BARLEY GROCERS",
            "880 Juniper Avenue",
            "Portwell, OR 97035",
            "(555) 318-9921",
            (
                ("BROWN RICE 2LB", "4.19"),
                ("RED LENTILS", "3.25"),
                ("GREEK YOGURT", "5.99"),
                ("LEMONS 5CT", "3.50"),
                ("PEANUT BUTTER", "6.45"),
                ("FROZEN PEAS", "2.39"),
                ("BUTTER UNSALTED", "5.19"),
                ("APPLES GALA", "4.76"),
                ("DARK CHOCOLATE", "3.89"),
            ),
            tax=Decimal("0.05"),
        ),
        Shop(
            "convenience",
            "QUICK CORNER MART",
            "4 Station Plaza",
            "Linden, NJ 07036",
            "(555) 774-0037",
            (
                ("ICED TEA 20OZ", "2.49"),
                ("TRAIL MIX", "3.99"),
                ("CHEWING GUM", "1.79"),
                ("AA BATTERIES 4", "6.99"),
                ("TURKEY SANDWICH", "6.49"),
                ("ORANGE JUICE", "3.29"),
            ),
        ),
        Shop(
            "department",
            "HALVORSEN DEPARTMENT STORE",
            "1 Market Square",
            "Cedar Falls, IA 50613",
            "(555) 460-1200",
            (
                ("BATH TOWEL BLUE", "14.99"),
                ("CERAMIC MUG", "7.50"),
                ("DESK LAMP", "32.00"),
                ("COTTON SHEETS Q", "49.95"),
                ("PICTURE FRAME", "12.25"),
                ("WOOL SOCKS 3PK", "18.00"),
            ),
        ),
        Shop(
            "drug_store",
            "BRIGHTWELL DRUG STORE",
            "77 Elm Street",
            "Dover, DE 19901",
            "(555) 902-3345",
            (
                ("TOOTHPASTE MINT", "4.29"),
                ("SHAMPOO 12OZ", "6.99"),
                ("COTTON SWABS", "2.49"),
                ("HAND CREAM", "5.75"),
                ("SUN LOTION 30", "9.99"),
            ),
        ),
        Shop(
            "pharmacy",
            "BRIGHTWELL PHARMACY",
            "79 Elm Street",
            "Dover, DE 19901",
            "(555) 902-3350",
            (
                ("LOZENGES HONEY", "3.99"),
                ("BANDAGES 20CT", "4.59"),
                ("TISSUES 3PK", "5.29"),
            ),
            extra=(
                "RX 0482915  REFILL 2",
                "  ATORVASTATIN 20MG TAB  QTY 30",
                "  COPAY               10.00",
            ),
        ),
        Shop(
            "apothecary",
            "HOLLOWAY APOTHECARY",
            "3 Chapel Row",
            "Easton, MD 21601",
            "(555) 480-7719",
            (
                ("LIP BALM", "3.25"),
                ("VITAMIN C 100CT", "8.49"),
                ("READING GLASSES", "12.99"),
                ("HAND SOAP", "4.15"),
            ),
            extra=(
                "Prescription no. 6150238",
                "  Amoxicillin 500 mg capsules",
                "  21 capsules, 7 days",
                "  Patient: Dana Whitlock",
                "  Dr. L. Moreau",
            ),
        ),
        Shop(
            "drive_through",
            "PINE RIDGE PHARMACY",
            "1450 Ridge Parkway",
            "Flagstaff, AZ 86001",
            "(555) 633-2044",
            (
                ("SUN HAT", "11.00"),
                ("COUGH DROPS", "2.89"),
                ("WATER 6PK", "4.50"),
                ("GREETING CARD", "3.99"),
            ),
            extra=(
                "RX# 7719340   SERTRALINE 50MG",
                "  REFILLS LEFT 1   COPAY 4.00",
            ),
        ),
        Shop(
            "restaurant",
            "LANTERN STREET BISTRO",
            "215 Lantern Street",
            "Savannah, GA 31401",
            "(555) 667-8080",
            (
                ("GRILLED SALMON", "22.00"),
                ("HOUSE SALAD", "9.50"),
                ("MUSHROOM RISOTTO", "18.00"),
                ("LEMON TART", "8.00"),
                ("SPARKLING WATER", "4.00"),
                ("COFFEE", "3.50"),
            ),
            style="table",
            tax=Decimal("0.08"),
        ),
        Shop(
            "fast_food",
            "BIG SKY BURGER",
            "3300 Route 9",
            "Helena, MT 59601",
            "(555) 340-5151",
            (
                ("DOUBLE BURGER", "7.49"),
                ("FRIES LARGE", "3.29"),
                ("VANILLA SHAKE", "4.19"),
                ("ONION RINGS", "3.99"),
                ("COLA MEDIUM", "2.29"),
            ),
            tax=Decimal("0.06"),
        ),
        Shop(
            "cafe",
            "SMALL HOURS COFFEE",
            "18 Mill Lane",
            "Burlington, VT 05401",
            "(555) 218-6604",
            (
                ("FLAT WHITE", "4.75"),
                ("ESPRESSO", "3.00"),
                ("ALMOND CROISSANT", "4.50"),
                ("CHAI LATTE", "5.25"),
                ("BLUEBERRY MUFFIN", "3.95"),
            ),
            tax=Decimal("0.07"),
        ),
        Shop(
            "cinema",
            "ROXANNE CINEMAS",
            "50 Theater Row",
            "Duluth, MN 55802",
            "(555) 733-1919",
            (
                ("ADULT TICKET", "13.50"),
                ("CHILD TICKET", "9.50"),
                ("POPCORN LARGE", "8.25"),
                ("LEMONADE", "5.00"),
            ),
            style="ticket",
        ),
        Shop(
            "theme_park",
            "WONDER LAGOON THEME PARK",
            "1 Lagoon Drive",
            "Kissimmee, FL 34741",
            "(555) 505-0550",
            (
                ("DAY TICKET", "59.00"),
                ("PARKING", "15.00"),
                ("LOCKER", "12.00"),
                ("PIZZA SLICE", "8.50"),
            ),
            style="ticket",
            tax=Decimal("0.065"),
        ),
        Shop(
            "online",
            "PAPERLARK ONLINE SHOP",
            "400 Distribution Way",
            "Reno, NV 89502",
            "(555) 111-2020",
            (
                ("Linen notebook A5", "16.00"),
                ("Fountain pen, medium", "38.50"),
                ("Ink bottle, forest", "12.75"),
                ("Desk pad, felt", "29.00"),
            ),
            style="order",
            tax=Decimal("0.0827"),
        ),
        Shop(
            "hardware",
            "NORTHGATE HARDWARE",
            "909 Industrial Road",
            "Toledo, OH 43604",
            "(555) 818-4477",
            (
                ("WOOD SCREWS 100", "8.99"),
                ("PAINT BRUSH 2IN", "6.49"),
                ("DUCT TAPE", "9.29"),
                ("LED BULB 4PK", "12.99"),
                ("GARDEN HOSE 50", "34.00"),
            ),
        ),
        Shop(
            "clothing",
            "MERIDIAN CLOTHING CO",
            "62 Fashion Avenue",
            "Columbus, OH 43215",
            "(555) 262-7000",
            (
                ("LINEN SHIRT", "39.00"),
                ("DENIM JACKET", "84.00"),
                ("CREW SOCKS", "6.00"),
                ("LEATHER BELT", "28.00"),
            ),
        ),
        Shop(
            "casino",
            "SILVER CANYON CASINO",
            "7 Canyon Road",
            "Elko, NV 89801",
            "(555) 777-7777",
            (("GIFT SHOP CAP", "22.00"), ("SNACK BAR", "14.50")),
        ),
        Shop(
            "gun_shop",
            "RIDGELINE FIREARMS",
            "2100 Ridge Road",
            "Casper, WY 82601",
            "(555) 909-1133",
            (("CLEANING KIT", "34.99"), ("EAR PROTECTION", "24.50")),
        ),
        Shop(
            "transport",
            "BAYLINE TRANSIT",
            "Terminal 2",
            "Bayview, CA 94124",
            "(555) 646-2255",
            (("ONE DAY PASS", "9.00"), ("SINGLE RIDE", "2.75")),
            style="ticket",
            tax=Decimal(0),
        ),
        Shop(
            "own_store",
            "AMAZON FRESH",
            "300 Pine Street",
            "Seattle, WA 98101",
            "(555) 266-0000",
            (
                ("AVOCADOS 4CT", "5.49"),
                ("ALMOND MILK", "3.79"),
                ("GRANOLA", "4.99"),
            ),
        ),
    )
}
