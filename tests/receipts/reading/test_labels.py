import pytest

from receipts.reading.labels import Label, is_strong_total, label_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("TOTAL", Label.TOTAL),
        ("Total:", Label.TOTAL),
        ("T0TAL", Label.TOTAL),
        ("TOTA", Label.TOTAL),
        ("GRAND TOTAL", Label.TOTAL),
        ("Amount Due", Label.TOTAL),
        ("Balance Due", Label.TOTAL),
        ("Total Sales (Inclusive of GST)", Label.TOTAL),
        ("TOTAL INCL. GST@6%", Label.TOTAL),
        ("zu zahlen", Label.TOTAL),
        ("SUMME EUR", Label.TOTAL),
        ("Montant total TTC", Label.TOTAL),
        ("TOTAL A PAGAR", Label.TOTAL),
        ("SUBTOTAL", Label.SUBTOTAL),
        ("Sub-total", Label.SUBTOTAL),
        ("SUBT0TAL", Label.SUBTOTAL),
        ("Total Sales (Excluding GST)", Label.SUBTOTAL),
        ("Food Total", Label.SUBTOTAL),
        ("Zwischensumme", Label.SUBTOTAL),
        ("TAX", Label.TAX),
        ("Sales Tax 8.75%", Label.TAX),
        ("Tax(8.75%):", Label.TAX),
        ("Total Tax", Label.TAX),
        ("otal Tax:", Label.TAX),
        ("MwSt 19%", Label.TAX),
        ("TIP", Label.TIP),
        ("18% Gratuity", Label.TIP),
        ("15% SERVICE CHARGE:", Label.TIP),
        ("Suggested tip 18%", Label.SUGGESTION),
        ("20%", Label.SUGGESTION),
        ("CASH", Label.CASH),
        ("Cash Tendered", Label.CASH),
        ("VISA ************1234", Label.CARD),
        ("CHANGE DUE", Label.CHANGE),
        ("Rückgeld", Label.CHANGE),
        ("You saved", Label.SAVINGS),
        ("Sie sparen", Label.SAVINGS),
        ("Total Savings", Label.SAVINGS),
        ("Rounding Adjustment", Label.ROUNDING),
        ("Total Items", Label.COUNT),
        ("Total Qty:", Label.COUNT),
        ("Discount 10%", Label.DISCOUNT),
        ("Points balance", Label.OTHER),
        ("Sub/Ttl", Label.SUBTOTAL),
        ("Total 6% supplies (Inc. GST)", Label.SUBTOTAL),
        ("Order Total", Label.TOTAL),
        ("Amount To Be Paid", Label.TOTAL),
        ("Totel Amt Peyable :", Label.TOTAL),
        ("Total Sales (lnclusive of GST)", Label.TOTAL),
        ("CHNG", Label.CHANGE),
        ("TXTL", Label.TAX),
        ("AUTH AMT:", Label.CARD),
        ("Roundlng Adjustmcnt", Label.ROUNDING),
        ("2 Cheeseburger", None),
        ("Salted caramel", None),
        ("Chicken Tenders", None),
        ("Cashews", None),
        ("Summer Roll", None),
        ("Baking Powder", None),
        ("Eggs a la carte", None),
        ("Grand slam breakfast", None),
        ("Milk 2%", None),
        ("", None),
    ],
)
def test_what_a_line_says_of_its_amount(text, label):
    assert label_of(text) == label


def test_a_label_that_leaves_no_doubt_is_strong():
    assert is_strong_total("Grand Total")
    assert is_strong_total("AMOUNT DUE")
    assert not is_strong_total("Total")
