import numpy as np
from PIL import Image, ImageDraw

from receipts.redaction.flat import flattened


def test_paper_in_half_shade_is_white_all_over_and_ink_stays_dark():
    paper = Image.new("RGB", (400, 200), (220, 215, 200))
    draw = ImageDraw.Draw(paper)
    draw.rectangle((200, 0, 400, 200), (90, 88, 80))
    draw.rectangle((50, 90, 54, 110), (40, 40, 40))
    draw.rectangle((340, 90, 344, 110), (20, 20, 20))

    flat = np.asarray(flattened(paper, 20))

    assert flat.shape == (200, 400)
    assert flat[20, [20, 120, 300, 390]].min() > 240
    assert flat[100, [52, 342]].max() < 90


def test_a_black_picture_stays_one():
    flat = np.asarray(flattened(Image.new("L", (60, 40), 0), 20))

    assert flat.max() == 0
