"""Sharing receipts: many files in one form, each with its own answer."""

import io
import random
import socket
from datetime import date, timedelta
from pathlib import Path

import pillow_heif
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_q.models import OrmQ
from PIL import Image

from receipts.imaging.inspect import MAX_BYTES
from receipts.models import Receipt
from receipts.workflow import Status
from tests.factories import make_panelist
from tests.receipts.papers import photo

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
NEW = "/receipts/new/"


def picture(name="receipt.jpg", kind="JPEG") -> SimpleUploadedFile:
    """A small picture unlike any other."""
    image = Image.frombytes("RGB", (40, 60), random.Random(name).randbytes(7200))
    file = io.BytesIO()
    if kind == "HEIC":
        pillow_heif.from_pillow(image).save(file)
    else:
        image.save(file, kind)
    return SimpleUploadedFile(name, file.getvalue())


def oversized(name="big.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"\xff\xd8\xff" + bytes(MAX_BYTES))


def incoming() -> list[str]:
    return [path.name for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()]


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def answers(response) -> list[tuple[str, str]]:
    """(name, what was said) of each file, refused ones marked."""
    return [
        (one.name, one.refusal or one.receipt.status)
        for one in response.context["taken"]
    ]


@pytest.fixture
def panelist():
    return make_panelist()


@pytest.fixture
def own(client, panelist):
    client.force_login(panelist.user)
    return client


def test_the_page_has_a_camera_and_a_chooser_that_need_no_script(own):
    content = text_of(own.get(NEW))

    assert content.count('type="file" name="files"') == 2
    assert 'accept="image/*" capture="environment"' in content
    assert 'name="files" multiple' in content
    assert '<button class="button">Send</button>' in content
    assert 'enctype="multipart/form-data"' in content


def test_many_files_go_through_at_once(own, panelist):
    files = [picture(f"{number}.jpg") for number in range(30)]

    response = own.post(NEW, {"files": files}, follow=True)

    assert response.redirect_chain == [("/receipts/", 302)]
    assert "We are reading your 30 receipts." in text_of(response)
    assert Receipt.objects.filter(panelist=panelist, status="submitted").count() == 30
    assert OrmQ.objects.count() == 30
    assert incoming() == []


def test_one_receipt_is_thanked_for_as_one(own):
    response = own.post(NEW, {"files": picture()}, follow=True)

    assert "Thank you. We are reading your receipt." in text_of(response)


def test_each_refused_file_says_why_while_the_others_go_through(own):
    files = [
        picture("good.jpg"),
        SimpleUploadedFile("empty.jpg", b""),
        SimpleUploadedFile("notes.jpg", b"no picture at all"),
        picture("icon.png", "ICO"),
        SimpleUploadedFile("locked.pdf", b"%PDF-1.7 /Encrypt"),
        oversized(),
        picture("named.txt", "PNG"),
    ]

    response = own.post(NEW, {"files": files})

    assert response.status_code == 200
    said = dict(answers(response))
    assert said["good.jpg"] == said["named.txt"] == "submitted"
    assert said["empty.jpg"].startswith("This file is empty.")
    assert said["notes.jpg"].startswith("This isn’t a picture we can read.")
    assert said["icon.png"].startswith("This isn’t a picture we can read.")
    assert said["locked.pdf"].startswith("This PDF asks for a password.")
    assert said["big.jpg"].startswith("This file is over 20 MB.")
    assert Receipt.objects.count() == 2
    assert response.templates[0].name == "receipts/new.html"
    for name, sentence in said.items():
        assert name in text_of(response)
        assert sentence == "submitted" or sentence in text_of(response)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC", "TIFF", "PDF"])
def test_formats_are_told_by_content(own, kind):
    own.post(NEW, {"files": picture("misnamed.bin", kind)})

    assert Receipt.objects.get().status == Status.SUBMITTED


def test_only_refused_files_are_an_error(own):
    response = own.post(NEW, {"files": SimpleUploadedFile("a.txt", b"hello")})

    assert response.status_code == 422
    assert Receipt.objects.count() == 0


def test_nothing_chosen_says_so(own):
    """As a browser without JavaScript sends the two empty inputs."""
    mark = "----form"
    part = (
        f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename=""\r\n'
        "Content-Type: application/octet-stream\r\n\r\n\r\n"
    )

    response = own.post(
        NEW,
        (part * 2 + f"--{mark}--\r\n").encode(),
        content_type=f"multipart/form-data; boundary={mark}",
    )

    assert response.status_code == 422
    assert "Choose at least one picture or PDF." in text_of(response)


def test_for_htmx_the_answer_is_the_fragment(own):
    response = own.post(NEW, {"files": picture()}, **HTMX)

    receipt = Receipt.objects.get()
    assert response.status_code == 200
    assert response.templates[0].name == "receipts/_taken.html"
    assert response.content.startswith(b'<li class="upload upload--taken">')
    assert f"/receipts/{receipt.public_id}/" in text_of(response)


def test_for_htmx_a_refusal_is_a_fragment_too(own):
    response = own.post(NEW, {"files": oversized("scan.jpg")}, **HTMX)

    assert response.content.startswith(b'<li class="upload upload--refused">')
    assert "scan.jpg" in text_of(response)
    assert "This file is over 20 MB." in text_of(response)


@pytest.mark.parametrize("header", [{}, HTMX], ids=["page", "fragment"])
def test_a_file_shared_before_says_so_at_once(own, header):
    own.post(NEW, {"files": picture("first.jpg")})
    again = picture("first.jpg")

    response = own.post(NEW, {"files": again}, **header)

    assert response.status_code == 200
    assert answers(response) == [("first.jpg", "rejected")]
    assert "This same picture has been shared before." in text_of(response)
    assert "We are reading it" not in text_of(response)


def test_a_name_is_shown_as_text_and_cut_to_what_fits(own):
    files = [
        SimpleUploadedFile("<img src=x onerror=alert(1)>.jpg", b"no"),
        SimpleUploadedFile("a" * 300 + ".jpg", b"no"),
    ]

    response = own.post(NEW, {"files": files})

    assert "&lt;img src=x onerror=alert(1)&gt;.jpg" in text_of(response)
    assert "<img src=x" not in text_of(response)
    assert [len(name) for name, _said in answers(response)][1] == 255


def test_an_oversized_files_name_is_cut_as_well(own):
    response = own.post(NEW, {"files": oversized("b" * 300 + ".jpg")})

    assert [len(name) for name, _said in answers(response)] == [255]


def test_what_is_over_a_hundred_files_is_left_out_by_name(own):
    files = [picture(f"{number}.png", "PNG") for number in range(103)]

    response = own.post(NEW, {"files": files})

    assert response.status_code == 200
    assert Receipt.objects.count() == 100
    left = [name for name, said in answers(response) if said.startswith("Only 100")]
    assert left == ["100.png", "101.png", "102.png"]


def test_oversized_files_in_between_spoil_none_of_the_others(own):
    """Those over the memory limit go through temporary files; none is left behind."""
    random_bytes = random.Random(1).randbytes
    large = [
        SimpleUploadedFile(f"large{n}.jpg", picture().read() + random_bytes(3 << 20))
        for n in range(2)
    ]
    files = [
        oversized("one.jpg"),
        large[0],
        oversized("two.jpg"),
        oversized("three.jpg"),
        large[1],
        picture("small.jpg"),
        oversized("four.jpg"),
    ]

    response = own.post(NEW, {"files": files})

    said = dict(answers(response))
    assert [name for name, word in said.items() if word == "submitted"] == [
        "large0.jpg",
        "large1.jpg",
        "small.jpg",
    ]
    assert [n for n, word in said.items() if word.startswith("This file is over")] == [
        "one.jpg",
        "two.jpg",
        "three.jpg",
        "four.jpg",
    ]
    sizes = Receipt.objects.order_by("pk").values_list("files__size", flat=True)
    assert list(sizes) == [len(file) for file in (*large, picture("small.jpg"))]
    response.close()
    assert incoming() == []


def test_a_former_member_shares_nothing(client, panelist):
    panelist.left_at = panelist.joined_at + timedelta(days=1)
    panelist.save(update_fields=["left_at"])
    client.force_login(panelist.user)

    assert client.post(NEW, {"files": picture()}).status_code == 404
    assert Receipt.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_real_connection_keeps_the_good_files_and_leaves_nothing_behind(
    live_server, panelist
):
    browser = Client()
    browser.force_login(panelist.user)
    host, port = live_server.thread.host, live_server.thread.port
    mark = b"----boundary"
    good = photo(day=date(2025, 3, 4)).getvalue()

    def part(name: str, content: bytes) -> bytes:
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"'
        return b"--%s\r\n%s\r\n\r\n%s\r\n" % (mark, head.encode(), content)

    token = "a" * 32
    sent = b"".join(
        [
            b"--%s\r\nContent-Disposition: form-data; " % mark,
            b'name="csrfmiddlewaretoken"\r\n\r\n%s\r\n' % token.encode(),
            part("big.jpg", b"\xff\xd8\xff" + bytes(MAX_BYTES)),
            part("good.jpg", good),
            b"--%s--\r\n" % mark,
        ]
    )
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    head = "\r\n".join(
        [
            f"POST {NEW} HTTP/1.1",
            f"Host: {host}:{port}",
            "Connection: close",
            f"Content-Type: multipart/form-data; boundary={mark.decode()}",
            f"Content-Length: {len(sent)}",
            f"Cookie: sessionid={session}; csrftoken={token}",
        ]
    )

    with socket.create_connection((host, port), timeout=60) as connection:
        connection.sendall(head.encode() + b"\r\n\r\n" + sent)
        answer = b""
        while received := connection.recv(1 << 16):
            answer += received

    assert answer.startswith(b"HTTP/1.1 200")
    assert "This file is over 20 MB." in answer.decode()
    assert list(Receipt.objects.values_list("files__size", flat=True)) == [len(good)]
    assert incoming() == []
