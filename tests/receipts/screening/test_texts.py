from receipts.screening.texts import page_of_text, screen_text


def test_a_text_is_laid_out_in_lines_and_words():
    page = page_of_text("Olive  oil\n\n 4.99")

    assert [line.text for line in page.lines] == ["Olive oil", "4.99"]
    assert page.lines[0].words[1].box == (70, 0, 100, 20)


def test_an_empty_text_holds_nothing():
    assert screen_text("") == screen_text(" \n") == frozenset()
