"""Pictures of fictional receipts that the real readers read without doubt."""

import io
from datetime import date

from receipts.imaging.inspect import inspect_file
from receipts.services.submitting import Upload, submit
from tests.receipts.reading.paper import picture_of


def receipt_text(
    *, shop="FERNHILL MARKET", day: date, at="19:45", price="12.00", extra=""
) -> str:
    oil = float(price)
    subtotal = 5.60 + oil
    tax = round(subtotal * 0.08, 2)
    return f"""
   {shop}
   12 Harbor Street
{day:%m/%d/%Y}        {at}

Rolled oats        3.50
Bananas            2.10
Olive oil         {oil:5.2f}
{extra}
SUBTOTAL          {subtotal:5.2f}
TAX               {tax:5.2f}
TOTAL             {subtotal + tax:5.2f}
VISA ****1234     {subtotal + tax:5.2f}
"""


def photo(**what) -> io.BytesIO:
    file = io.BytesIO()
    picture_of(receipt_text(**what)).save(file, "JPEG", quality=90)
    file.seek(0)
    return file


def submit_photo(panelist, file=None, **what):
    file = file or photo(**what)
    return submit(Upload(file, inspect_file(file)), panelist=panelist, by=panelist.user)
